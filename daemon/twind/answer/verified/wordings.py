"""Words of questions that mean the same, and words that exclude each other.

Both lists hold everyday words only. What they lack is left to the embedding model for words that
mean the same; words that exclude each other it cannot tell apart, since they stand in like texts.
"""

import re

from twind.answer.words import content_words

_SAME = """
percentage share proportion fraction percent
wear dress dressed clothes clothing
rent rental hire lease rented hired leased
elevator lift
parcel package packet
poisonous toxic poison
register registration enrol enroll
responsible handle care
employ employed
ingredient contain contains contained consist composed
withstand resist stand endure
frozen freeze ice
still continue remain
called named name
population inhabitant resident
gym fitness
quote cite quotation
poem poetry
suggest recommend recommendation advice advise advised tip suggestion recommended
grant granted
expect expected
allow permit allowed permitted permission authorise authorised
prepare preparation
fear afraid scared
like enjoy favourite favorite prefer preferred favour favor best
angry upset furious
rich wealthy
happy glad
quiet silent
sick ill
ticket admission entry entrance
street road
lawyer attorney solicitor
boat vessel
cook cooked cooking chef
draw drew drawing drawn
sing sang sung singing
build built builder building construct construction constructed
speak spoke spoken talk
travel travelled traveling journey trip
explain explanation explained
measure measured measurement
translate translated translation translator
store stored storage keep kept preserve
protect protected protection
inspect inspection inspected
hurt injured injury wound
arrive arrival arrived
spend spent expenditure
earn earned
throw thrown dispose
argument dispute
quick quickly fast speed
vote voted election
borrow borrowed
lend lent
visit visited visitor
mean meaning define definition
help helped assist assistance
hide hidden
choose chose chosen choice
agree agreed agreement
author writer write wrote written authored
buy purchase purchasing bought order
begin start commence started starting began begun beginning
end finish finished stop ending expire
cancel cancelled cancellation terminate
close closed closing shut
open opening opened opens
leave left quit depart departure resign departed leaving
arrive arrival
build built construct construction constructed
found founded founding establish established foundation
make made produce produced production create creation created
get receive received obtain got
give gave given provide provided offer offered
show display
take took taken
example sample
comfortable comfort
owner own owns owned hold holds belong belongs
go goes went gone
come came
teach taught
learn learned
think thought opinion view
sell sold selling sale
pay paid payment payable
meet met
lay laid
grow grew grown
choose chose chosen choice select selection pick
win won
lose lost loss
beat beaten defeat defeated
lead leader head leads leading chief boss
manage manager manages
own owner owns owned
hold held
replace succeed succeeded replacement successor
repair fix repaired fixed mend
clean wash cleaning cleaned
change replace swap changed
increase raise rise raised
reduce lower decrease
delete remove erase
search find look
contact reach call
job work function position employment profession occupation
employee worker staff personnel
company firm business
customer client
student pupil
teacher instructor tutor
doctor dr physician
child kid kids children
baby infant
person people human
man men
woman women
father dad daddy
mother mum mom mummy
grandmother grandma granny
grandfather grandpa granddad
wife spouse husband
car automobile vehicle
bicycle bike cycle
plane aeroplane airplane aircraft
phone telephone
photograph photo picture pictures
film movie
flat apartment
house home
shop store
holiday vacation
autumn fall
rubbish garbage trash
laboratory lab
university college
exam examination test
course class
suitable appropriate fit
safe safely safety
dangerous danger risk risky
illness disease sickness
medicine medication drug
dose dosage
symptom sign
deficiency lack shortage
cause trigger causes
cure treat treatment therapy treated
vaccine vaccination vaccinate vaccinated shot jab
regret sorry regretted
die died death dead
born birth
marry married marriage wedding
answer reply response respond
error mistake
problem issue trouble
rule policy regulation condition terms
allow permit allowed permitted permission
forbid forbidden prohibit prohibited banned
require required requirement
need needed
include included includes including part
contain contained contains content ingredient
discount rebate
instalment installment
deliver send sent delivery shipping ship shipment shipped
use usage using used utilise utilize
program software application
website site
email mail
notification alert
disable deactivate
enable activate
size area
big large
small little tiny
tall high
heavy weight weigh heaviest
fast quick speed quickly
old age
new recent
current currently present now
previous former prior
next following upcoming
last final
day daily days
month monthly months
week weekly weeks
year yearly annual annually years
hour hourly hours
maximum max most highest largest
minimum min least lowest smallest
garden yard
food eat eats eaten edible eating diet meal feed fed
drink drinkable beverage
bread loaf
publish publication published released release
develop development developer developed
design designed designer architect
invent inventor invention invented
discover discovery discovered
edit editing editor edited
record recording recorded
member membership join joined
participant attendee participate attend
approve approved approval
reject rejected rejection refuse refused
damage damaged
difference differ different distinguish distinguishes
advantage benefit pro
disadvantage drawback con
example instance
meaning mean definition define
purpose aim goal
method way approach
seat seating
number numbered
salary wage earn earnings income
revenue turnover
rent rental
warranty guarantee
second two ii
third three iii
"""

_PHRASES = {
    "care": r"(?:tak(?:e|es|en|ing)|took) care of|car(?:es|ed|ing) for|look(?:s|ed|ing)? after",
    "publish": r"com(?:e|es|ing) out|came out",
    "meet": r"(?:get|got|getting) to know",
    "die": r"pass(?:ed|es|ing)? away",
    "disable": r"(?:turn|switch|shut)(?:s|ed|ing)? (?:\w+ )?off|turn(?:ed)? (?:\w+ )?down",
    "enable": r"(?:turn|switch)(?:s|ed|ing)? (?:\w+ )?on",
    "search": r"look(?:s|ed|ing)? for",
    "register": r"sign(?:s|ed|ing)? up",
    "replace": r"(?:tak(?:e|es|en|ing)|took) over(?: from)?",
    "responsible": r"in charge of",
    "mean": r"stand(?:s|ing)? for|stood for",
    "begin": r"(?:tak(?:e|es|ing)|took) up",
    "happen": r"(?:tak(?:e|es|ing)|took) place|(?:is|are|was|were) held",
    "withstand": r"h(?:o|e)ld(?:s)? up",
    "ingredient": r"made (?:of|from|out of)|consists? of",
    "arrive": r"(?:show|turn)(?:s|ed|ing)? up",
    "remove": r"(?:get|got|getting) rid of",
    "cancel": r"call(?:s|ed|ing)? off",
    "postpone": r"put(?:s|ting)? off",
    "refund": r"money back",
    "offline": r"without (?:an |the )?internet(?: connection| access)?",
    "home work": r"home office",
}

_EXCLUSIVE = """
monday | tuesday | wednesday | thursday | friday | saturday | sunday | weekday | weekend
january | february | march | april | june | july | august | september | october | november
january | december | november
spring | summer | autumn | winter
morning | noon | afternoon | evening | night
breakfast | lunch | dinner
open | close
begin | end
buy | sell | rent
import | export
before | after | during
maximum | minimum
inside | outside
on | off
online | offline
with | without
arrive | leave
join | leave
move | leave
checkin | checkout
login | logout
win | lose
born | die
increase | reduce
enable | disable
approve | reject
allow | forbid
include | exclude
cause | cure
advantage | disadvantage
difference | common
heavy | light
big | small
tall | short | wide | deep
hot | cold
fast | slow
old | new
early | late
cheap | expensive
good | bad
best | worst
first | second | third | last
current | previous | next | future
adult | child | teenager
beginner | expert
teacher | student
father | mother | brother | sister | son | daughter | grandfather | grandmother
brother | sister | uncle | aunt | cousin
man | woman
husband | wife
client | server
left | right
north | south | east | west
front | back
upload | download
deliver | get
ask | answer
hour | day | week | month | year
hour | minute
positive | negative
full | empty
true | false
safe | dangerous
easy | difficult
high | low
winner | loser
dog | cat | puppy | kitten | horse | cow | sheep | goat | pig | hen | duck
white | black | red | green | blue | yellow | brown
give | reject
current | deputy
damage | repair
this | next | last | previous
summer | winter
revenue | profit | expense
"""


_LIGHT = """
possible able okay way thing kind sort type happen want like would get go come lot really actually
exactly anyone anybody somebody someone somewhere ever yet already bring use take give become made
make show part good need require allow permit put see tell long advisable best due people place
case general usually normally typically various certain find feel sure try along whole
"""

_ENGLISH = "the which is "
"""Put before a few words so that they are not taken for another language."""
_WORD = re.compile(r"[^\W_]+")


def without_phrases(plain: str) -> str:
    """Return a text in small letters with one word in place of what takes several to say."""
    for word, phrase in _PHRASE:
        plain = phrase.sub(word, plain)
    return plain


def stems(words: str) -> frozenset[str]:
    """Return what stands for each of some English words."""
    return frozenset(read_words(words))


def read_words(text: str) -> dict[str, str]:
    """Return the content words of an English text, as written, by what stands for each."""
    written = {stem: word for word in _WORD.findall(text) for stem in _stems(word)}
    return {_SAME_AS.get(stem, stem): written.get(stem, stem) for stem in _stems(text)}


def is_light(word: str) -> bool:
    """Tell whether a question hardly changes with a word."""
    return word in _LIGHT_WORDS


def exclude_each_other(one: str, two: str) -> bool:
    """Tell whether two words cannot both be meant."""
    return one != two and any(one in group and two in group for group in _GROUPS)


def _stems(text: str) -> list[str]:
    return content_words(_ENGLISH + text)


_PHRASE = tuple((word, re.compile(rf"\b(?:{phrase})\b")) for word, phrase in _PHRASES.items())
_SAME_AS = {
    stem: group.split()[0]
    for group in reversed(_SAME.strip().splitlines())
    for stem in _stems(group)
}
_LIGHT_WORDS = stems(_LIGHT)
_GROUPS = tuple(
    frozenset(kept for word in group.split("|") for kept in stems(word) or {word.strip()})
    for group in _EXCLUSIVE.strip().splitlines()
)
