"""What two questions cannot both mean: one such difference, and they do not ask the same."""

from difflib import SequenceMatcher

from twind.answer.verified.asked import Asked
from twind.answer.verified.kinds import differ
from twind.answer.verified.wordings import exclude_each_other, is_light, read_words

_PRONOUNS = frozenset(["i", "you", "we", "he", "she", "they", "it"])
_POSSESSIVES = frozenset(["my", "our", "your"])
_PERSONS = {"i": "i", "we": "i", "my": "i", "our": "i", "you": "you", "your": "you"}
_RELATIVE = frozenset(["before", "after", "during"])
"""Each excludes the others, but may also be left unsaid."""


def literal(asked: Asked, known: Asked) -> float:
    """Return how much of two questions is the same, word for word and in order, 0 to 1."""
    return SequenceMatcher(None, asked.tokens, known.tokens, autojunk=False).ratio()


def contradict(asked: Asked, known: Asked) -> bool:
    """Tell whether something rules out that two questions ask the same."""
    if not asked.words or not known.words:
        return asked.tokens != known.tokens
    return (
        asked.numbers != known.numbers
        or differ(asked.kind, known.kind)
        or _demands_differ(asked, known)
        or _exclude(asked, known)
        or _is_turned(asked, known)
        or _roles_differ(asked, known)
    )


def _demands_differ(asked: Asked, known: Asked) -> bool:
    """Tell of what must or should be and what may be or has been."""
    return {asked.is_ought, known.is_ought} == {True, False} or {
        asked.demand,
        known.demand,
    } in ({"must", "may"}, {"past", "future"})


def _exclude(asked: Asked, known: Asked) -> bool:
    """Tell of words on either side that exclude each other: Saturday and Sunday."""
    mine, theirs = asked.words.keys() - known.words.keys(), known.words.keys() - asked.words.keys()
    return any(exclude_each_other(one, two) for one in mine for two in theirs)


def _is_turned(asked: Asked, known: Asked) -> bool:
    """Tell of a "not" or "outside" that only one of two otherwise equal questions has."""
    mine, theirs = _own(asked, known), _own(known, asked)
    if asked.is_negated != known.is_negated and not mine and not theirs:
        return True
    return bool(
        (not theirs and mine & _turning(asked, known))
        or (not mine and theirs & _turning(known, asked))
    )


def _turning(one: Asked, two: Asked) -> frozenset[str]:
    """Return what in the first turns the meaning of the second: "against" only what is "for"."""
    return one.turning - _RELATIVE - (frozenset() if "for" in two.tokens else {"against"})


def _roles_differ(asked: Asked, known: Asked) -> bool:
    """Tell of like words in other places: who beat whom, from where to where."""
    return (
        _focus_differs(asked, known)
        or _is_led_astray(asked, known)
        or _asks_the_other(asked, known)
        or _asks_the_other(known, asked)
        or _subject_differs(asked, known)
        or _is_of_another(asked, known)
    )


def _focus_differs(asked: Asked, known: Asked) -> bool:
    """How many students has a class, how many classes has a student?"""
    mine, theirs = asked.kind.focus, known.kind.focus
    return mine != theirs and mine in known.words and theirs in asked.words


def _is_led_astray(asked: Asked, known: Asked) -> bool:
    """From Oslo to Bergen, from Bergen to Oslo; as far as the two may change places."""
    if asked.kind.name == "distance":
        return False
    both = asked.words.keys() & known.words.keys()
    for preposition in {preposition for preposition, _ in asked.led}:
        mine = {word for by, word in asked.led if by == preposition} & both
        theirs = {word for by, word in known.led if by == preposition} & both
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    reverse = {"from": "to", "to": "from"}
    return any((reverse.get(by), word) in known.led for by, word in asked.led)


def _asks_the_other(one: Asked, two: Asked) -> bool:
    """Who did Ada beat, who beat Ada?"""
    return one.asks_object and not two.asks_object and two.doing in one.words


def _subject_differs(asked: Asked, known: Asked) -> bool:
    """What did you teach your father, what did your father teach you?"""
    mine, theirs = asked.subject, known.subject
    if mine is None or theirs is None or mine == theirs or asked.is_state != known.is_state:
        return False
    if _PRONOUNS.isdisjoint({mine, theirs}):
        return False
    if _is_another_doer(asked, known) or _is_another_doer(known, asked):
        return True
    same_words = asked.words.keys() == known.words.keys()
    return same_words and mine in known.mentioned and theirs in asked.mentioned


def _is_of_another(asked: Asked, known: Asked) -> bool:
    """Do you bring your own food, can I bring my own food?"""
    if asked.words.keys() != known.words.keys():
        return False
    persons = (_only_person(asked), _only_person(known))
    return None not in persons and persons[0] != persons[1]


def _only_person(one: Asked) -> str | None:
    """Return "i" or "you" where only that person does something with something of their own."""
    persons = {_PERSONS[token] for token in one.tokens if token in _PERSONS}
    is_owner = not _POSSESSIVES.isdisjoint(one.tokens)
    if len(persons) > 1 or not is_owner or one.subject not in _PERSONS:
        return None
    return next(iter(persons))


def _own(one: Asked, two: Asked) -> set[str]:
    """Return the words of weight that only the first has."""
    return {word for word in one.words.keys() - two.words.keys() if not is_light(word)}


def _is_another_doer(one: Asked, two: Asked) -> bool:
    """What do you think, what do your employees think?"""
    if one.subject is None or two.subject != "you" or one.is_state or one.kind.name == "price":
        return False
    return not _own(one, two).isdisjoint(read_words(one.subject))
