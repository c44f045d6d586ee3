"""A ranking without repetition: a text once, and pages before more of the same page."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from twind.domain.answers import Passage
from twind.domain.chunks import Place

SAME_PAGE_FACTOR = 0.8
NEAR_DUPLICATE = 0.9

_WORD = re.compile(r"\w+")


def spread_over_pages(scores: Mapping[int, float], places: Mapping[int, Place]) -> list[int]:
    """Return the keys of chunks in the order to show them: a page counts for less each time.

    Args:
        scores: By key, best first.
        places: Where those of them stand that are on a page, by key.
    """
    seen: Counter[tuple[str, int]] = Counter()
    worth = dict(scores)
    for key in scores:
        if key in places:
            page = (places[key].source_id, places[key].page)
            worth[key] *= SAME_PAGE_FACTOR ** seen[page]
            seen[page] += 1
    return sorted(worth, key=lambda key: -worth[key])


def different(passages: Iterable[Passage], limit: int) -> list[Passage]:
    """Return the first passages; of those with nearly the same words only the first.

    Args:
        passages: No more of them are drawn than it takes.
        limit: At most so many.
    """
    chosen: list[Passage] = []
    words: list[frozenset[str]] = []
    for passage in passages:
        own = frozenset(_WORD.findall(passage.text.lower()))
        if not any(_nearly_equal(own, other) for other in words):
            chosen.append(passage)
            words.append(own)
        if len(chosen) == limit:
            break
    return chosen


def _nearly_equal(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether the words that two texts share are nearly all of either."""
    smaller, larger = sorted((len(one), len(other)))
    if smaller < NEAR_DUPLICATE * larger:
        return False
    shared = len(one & other)
    return shared >= NEAR_DUPLICATE * (smaller + larger - shared)
