"""Everyday words of questions that exclude each other.

An embedding model cannot tell them apart, since they stand in like texts.
"""

EXCLUSIVE = """
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
"""A group a line; no two words of one can both be meant."""
