"""Everyday words and phrases of questions that mean the same.

What the list lacks is left to the embedding model.
"""

SYNONYMS = """
percentage share proportion fraction percent
wear wore worn dress dressed clothes clothing
rent rental hire lease rented hired leased
elevator lift
parcel package packet
poisonous toxic poison
register registration enrol enroll
responsible handle
employ employed
ingredient contain contains contained consist
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
explain explanation explained clarify
measure measured measurement
translate translated translation translator
store stored storage keep kept preserve
protect protected protection
inspect inspection inspected
injury injured wound wounded
pain hurt hurts ache sore painful
arrive arrival arrived
spend spent expenditure
earn earned salary wage earnings income
throw thrown dispose
argument quarrel
appeal contest challenge dispute object
quick quickly fast speed
vote voted election
borrow borrowed
lend lent
visit visited visitor guest
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
learn learned learnt train trained training
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
lead leader head leads leading chief boss led
manage manager manages
hold held
replace succeed succeeded replacement successor
repair fix repaired fixed mend
clean wash cleaning cleaned
change replace swap changed alter modify amend update
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
suitable appropriate fit suit suited
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
forbid forbidden prohibit prohibited banned
need needed require required requirement necessary
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
food eat eats ate eaten edible eating diet meal feed fed
drink drank drunk drinkable beverage
bread loaf
publish publication published released release appear appeared
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
purpose aim goal
method way approach
seat seating
number numbered
revenue turnover
warranty guarantee
second two ii
third three iii
trade craft
fund finance sponsor financed
hire recruit
book reserve reservation reserved
lesson tuition
doctoral phd doctorate
luggage baggage suitcase
album record
vegetable veg veggie
break broke broken defective faulty
forget forgot forgotten
delay delayed
allergy allergic allergen
bill invoice
credit loan
renew renewal extend extension prolong
walk hike trek hiker
swim swam bathe bathing
drive drove driven
fly flew flown flight
ride rode ridden
sleep slept
bring brought
become became
catch caught
fight fought battle
steal stole stolen theft
hear heard
know knew known
run ran
sea ocean
squad team
trainer coach
story tale
prison jail
wood timber wooden
stone rock
deep depth
strong strength sturdy
long length
thick thickness
warm heat heated heating
noise noisy loud
taste flavour flavor
smell scent odour
colour color
storm stormy
fail failed failure
achieve achievement accomplish accomplishment
inspire inspired inspiration influence influenced
hobby pastime leisure
celebrate celebration
voucher coupon
homework assignment
certificate certification certified
licence license
practise practice
centre center
theatre theater
grey gray
jewellery jewelry
tyre tire
organise organize organised organized organisation organization
neighbour neighbor
catalogue catalog brochure leaflet
apologise apologize apology
recognise recognize
analyse analyze analysis
specialise specialize specialised specialized specialty speciality
friend mate buddy
colleague coworker
volunteer voluntary
donate donation donor contribution
complain complaint
accident crash
stay overnight accommodation lodging
manual handbook
connect connection
insure insured insurance
sign signed signature
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
    "begin": r"(?:tak(?:e|es|ing)|took) up|(?:get|got|getting) into",
    "attend": r"(?:tak(?:e|es|ing)|took) part",
    "is": r"look(?:s|ed)? like",
    "happen": r"(?:tak(?:e|es|ing)|took) place|(?:is|are|was|were) held",
    "withstand": r"h(?:o|e)ld(?:s)? up",
    "ingredient": r"made (?:of|from|out of)|(?:consists?|composed) of",
    "arrive": r"(?:show|turn)(?:s|ed|ing)? up",
    "remove": r"(?:get|got|getting) rid of",
    "cancel": r"call(?:s|ed|ing)? off",
    "postpone": r"put(?:s|ting)? off",
    "refund": r"money back",
    "without": r"with no",
    "near": r"(?:close|next) to|nearby",
    "free": r"free of charge|for free|at no (?:cost|charge)",
    "contact": r"(?:get|keep|stay|be|got|kept|are|still) in (?:touch|contact)(?: with)?",
    "return": r"(?:send|sent|give|gave|bring|brought|take|took)(?:s|ing)? (?:\w+ )?back",
    "end": r"(?:give|gave|given|giving) up|r[ua]ns? out",
    "continue": r"(?:carry|go|keep) on",
    "park": r"leave (?:my|our|the|a) (?:car|van|bike|vehicle)",
    "speak": r"fluent in",
    "install": r"set(?:ting)? up",
    "hobby": r"(?:spare|free) time",
    "like": r"fond of|keen on",
    "alone": r"on (?:my|your|his|her|our|their) own|by (?:my|your|him|her|our|them)sel(?:f|ves)",
    "offline": r"without (?:an |the )?internet(?: connection| access)?",
    "home work": r"home office",
}
"""Regular expressions of what takes several words to say, by the one that says it."""
