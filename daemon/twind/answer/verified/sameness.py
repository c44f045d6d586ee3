"""How surely two questions ask the same.

Their meaning as an embedding model sees it is not enough: "When do you open?" and "When do you
close?" stand closer to each other than many a question to its own paraphrase. So the two are laid
side by side, word by word. What only one of them says counts against them; what each says in the
other's place counts the more the less it is alike, and most where they are the same sentence
otherwise: then that word is the difference.
"""

import math
from collections.abc import Callable
from dataclasses import astuple, dataclass
from itertools import takewhile
from operator import mul

from twind.answer.verified.asked import Asked
from twind.answer.verified.contradiction import literal
from twind.answer.verified.kinds import THING
from twind.answer.verified.wordings import is_light

Likeness = Callable[[str, str], float]
"""Returns the cosine between two words."""

_UNLIKE = 0.65
"""Cosine of words below which they have nothing in common: Monday and Tuesday have more."""
_KIN, _KIN_STANDING, _KIN_NAMES, _COMPOUND = 0.25, 0.8, 0.9, 0.3
_SHORTEST_ROOT, _ROOT_SHARE = 4, 0.7
_LIGHT = 0.3
_MOST_ADDED = 2.0
_SOFTENED = 0.02
_FEWEST = 0.35
"""Share of same words below which fewer of them make no difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is different between two questions.

    Attributes:
        nearness: How near their meanings are: minus the logarithm of the distance.
        literal: Share of the two that is the same word for word; 0 where no word is different.
        added: How many words only one of them has; 0 where both have some.
        swapped: How unlike the words are that each has in place of the other's, 0 to 1.
        replaced: The same, light words counted in full, times the literal share.
        open: 1 where one of them asks for something not said, and the other for another kind.
        tense: 1 where one is about the past and the other is not, else 0.
    """

    nearness: float
    literal: float
    added: float
    swapped: float
    replaced: float
    open: float
    tense: float


WEIGHTS = Comparison(
    nearness=3.60,
    literal=-10.80,
    added=-1.48,
    swapped=-1.63,
    replaced=-2.07,
    open=-1.44,
    tense=-2.77,
)
"""What each difference is worth in the logarithm of the odds; as `scripts/weigh` found them."""
_START = 3.13


def words_to_weigh(asked: Asked, known: Asked) -> set[str]:
    """Return the words whose likeness matters, in small letters."""
    mine, theirs = _own(asked, known), _own(known, asked)
    if not mine or not theirs:
        return set()
    written = [*(asked.words[word] for word in mine), *(known.words[word] for word in theirs)]
    return {word.lower() for word in written}


def compare(asked: Asked, known: Asked, similarity: float, likeness: Likeness) -> Comparison:
    """Lay two questions side by side."""
    mine, theirs = _own(asked, known), _own(known, asked)
    share = literal(asked, known)
    unlike = {
        (one, two): 1 - _alike(asked, known, one, two, likeness) for one in mine for two in theirs
    }
    is_changed = bool(mine or theirs)

    def weigh(word: str) -> float:
        return _LIGHT if is_light(word) or word in asked.told else 1.0

    added = 0.0 if mine and theirs else min(_MOST_ADDED, sum(map(weigh, [*mine, *theirs])))
    kinds = {asked.kind.name, known.kind.name}
    return Comparison(
        nearness=-math.log(1 - similarity + _SOFTENED),
        literal=max(_FEWEST, share) * is_changed,
        added=added,
        swapped=_swapped(unlike, weigh),
        replaced=_swapped(unlike, lambda _: 1.0) * share,
        open=float(len(kinds) > 1 and THING in kinds),
        tense=float({asked.is_past, known.is_past} == {True, False}),
    )


def sameness(comparison: Comparison) -> float:
    """Return the probability that two questions with these differences ask the same."""
    values, weights = astuple(comparison), astuple(WEIGHTS)
    odds = _START + sum(map(mul, values, weights))
    return 1 / (1 + math.exp(-odds))


def _own(one: Asked, two: Asked) -> list[str]:
    return [word for word in one.words if word not in two.words]


def _swapped(unlike: dict[tuple[str, str], float], weight: Callable[[str], float]) -> float:
    """Return how far the word of either side is from its counterpart that is farthest from it."""
    if not unlike:
        return 0.0
    sides = []
    for side in (0, 1):
        nearest: dict[str, float] = {}
        for pair, far in unlike.items():
            nearest[pair[side]] = min(far, nearest.get(pair[side], 1.0))
        sides.append(max(weight(word) * far for word, far in nearest.items()))
    return math.sqrt(sides[0] * sides[1])


def _alike(asked: Asked, known: Asked, mine: str, theirs: str, likeness: Likeness) -> float:
    """Return how much of one word's meaning is in another, 0 to 1; names are alike by form."""
    one, two = asked.words[mine].lower(), known.words[theirs].lower()
    root = _root(one, two)
    if not root and (one.endswith(two) or two.endswith(one)):
        return _COMPOUND
    if not (asked.names | known.names).isdisjoint({mine, theirs}):
        return _KIN_NAMES if root >= min(len(one), len(two)) - 1 else 0.0
    cosine = likeness(one, two) + (_KIN if _are_kin(one, two) else 0.0)
    least = _KIN_STANDING if _are_kin(mine, theirs) else 0.0
    return min(1.0, max(least, (cosine - _UNLIKE) / (1 - _UNLIKE)))


def _are_kin(one: str, two: str) -> bool:
    """Tell of words of one family: potter, pottery."""
    root = _root(one, two)
    return root >= _SHORTEST_ROOT and root >= _ROOT_SHARE * min(len(one), len(two))


def _root(one: str, two: str) -> int:
    pairs = zip(one, two, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
