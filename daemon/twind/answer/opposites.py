"""Everyday English words that mean the opposite of each other.

An embedding model sees next to no difference between them, since they stand in like texts.
"""

from collections import defaultdict

_PAIRS = """
above below, accept reject, accepted rejected, active passive, add remove, added removed,
advantage disadvantage, after before, agree disagree, agreed disagreed, allow forbid,
allow prevent, allowed forbidden, allowed prevented, ancient modern, appear disappear,
approve reject, approved rejected, arrive leave, arrived left, ascend descend, attack defend,
attacked defended, attract repel, balanced unbalanced, began ended, begin end, beginning end,
best worst, better worse, big small, bigger smaller, biggest smallest, bottom top,
bought sold, brother sister, build destroy, built destroyed, buy sell, cause prevent,
caused prevented, closed open, cold hot, cold warm, common rare, common uncommon,
complex simple, connect disconnect, created destroyed, create destroy, dark light,
daughter son, day night, decline grow, declined grew, decrease increase, decreased increased,
decreasing increasing, deep shallow, defeat victory, dependent independent, different same,
different similar, difficult easy, direct indirect, discourage encourage,
discouraged encouraged, disliked liked, divide unite, divided united, domestic foreign,
earliest latest, early late, east west, eastern western, easy hard, empty full, enemy ally,
enemy friend, enter leave, equal unequal, evening morning, exclude include,
excluded included, expand shrink, expanded contracted, export import, exported imported,
external internal, fail succeed, failed succeeded, failure success, false true, fast slow,
faster slower, fastest slowest, father mother, female male, few many, fewer more,
fewest most, final first, first last, formal informal, gain lose, gained lost, good bad,
greater lesser, greatest smallest, greatest least, hated loved, heavy light, high low,
higher lower, highest lowest, husband wife, illegal legal, inner outer, inside outside,
join leave, joined left, king queen, known unknown, large small, larger smaller,
largest smallest, lawful unlawful, least most, left right, less more, long short,
longer shorter, longest shortest, lose win, lost won, lower raise, lower upper,
lowered raised, major minor, majority minority, man woman, maximum minimum, men women,
natural artificial, near far, nearest farthest, negative positive, new old, newest oldest,
north south, northern southern, older younger, oldest youngest, old young, oppose support,
opposed supported, permitted prohibited, permit prohibit, poor rich, poorest richest,
popular unpopular, presence absence, private public, pull push, rarely often, fall rise,
rural urban, stable unstable, start end, start stop, started ended, started stopped,
strong weak, stronger weaker, strongest weakest, student teacher, successful unsuccessful,
summer winter, visible invisible, wide narrow
"""


def opposites(word: str) -> frozenset[str]:
    """Return what a word, in small letters, is the opposite of."""
    return _OPPOSITES.get(word, frozenset())


def _both_ways() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in _PAIRS.split(","):
        one, other = pair.split()
        found[one].add(other)
        found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITES = _both_ways()
