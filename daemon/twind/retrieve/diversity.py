"""A ranking without repetition: a text once, and pages before more of the same page."""

import re
from collections import Counter
from collections.abc import Sequence

from twind.domain.answers import Passage

SAME_PAGE_FACTOR = 0.8
NEAR_DUPLICATE = 0.9

_WORD = re.compile(r"\w+")


def diverse(passages: Sequence[Passage], limit: int) -> list[Passage]:
    """Return the best passages in the order to show them.

    Each further passage of a page that has pages counts for less; of passages with nearly the same
    words only the best stays.

    Args:
        passages: Best first. More of them than `limit`, so that others can move up.
        limit: At most so many.
    """
    chosen: list[Passage] = []
    words: list[frozenset[str]] = []
    for passage in _spread_over_pages(passages):
        if len(chosen) == limit:
            break
        own = frozenset(_WORD.findall(passage.text.lower()))
        if not any(_nearly_equal(own, other) for other in words):
            chosen.append(passage)
            words.append(own)
    return chosen


def _spread_over_pages(passages: Sequence[Passage]) -> list[Passage]:
    seen: Counter[tuple[str, int]] = Counter()
    scores: list[float] = []
    for passage in passages:
        score = passage.score
        if passage.locator.page is not None:
            page = (passage.source_id, passage.locator.page)
            score *= SAME_PAGE_FACTOR ** seen[page]
            seen[page] += 1
        scores.append(score)
    order = sorted(range(len(passages)), key=lambda at: -scores[at])
    return [passages[at] for at in order]


def _nearly_equal(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether the words that two texts share are nearly all of either."""
    smaller, larger = sorted((len(one), len(other)))
    if smaller < NEAR_DUPLICATE * larger:
        return False
    shared = len(one & other)
    return shared >= NEAR_DUPLICATE * (smaller + larger - shared)
