"""Everyday words and phrases of questions that mean the same.

What the list lacks is left to the embedding model.
"""

SYNONYMS = """
percentage share proportion fraction percent
wear dress dressed clothes clothing
rent rental hire lease rented hired leased
elevator lift
parcel package packet
poisonous toxic poison
register registration enrol enroll
responsible handle
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
"""A group a line; the first word stands for the others."""

PHRASES = {
    "handle": r"(?:tak(?:e|es|en|ing)|took) care of|car(?:es|ed|ing) for|look(?:s|ed|ing)? after",
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
    "attend": r"(?:tak(?:e|es|ing)|took) part",
    "is": r"look(?:s|ed)? like",
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
"""Regular expressions of what takes several words to say, by the one that says it."""
