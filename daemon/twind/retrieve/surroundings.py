"""What stands beside a passage speaks for it.

Pages are cut into passages by length, so that a table or a train of thought often runs across the
cut; whoever asks about it finds several passages in a row. Mixing the score of a passage with
those of its neighbours is old (Fernández, Losada and Azzopardi, "Extending the language modeling
framework for sentence retrieval to include local context", 2011).

Only text with pages is judged so. Elsewhere headings say where passages end, and one that answers
stands for itself.
"""

from collections.abc import Mapping, Sequence

from twind.domain.chunks import Place
from twind.retrieve.fuse import Ranked

NEIGHBOUR_WEIGHT = 0.3


def in_surroundings(ranked: Sequence[Ranked], places: Mapping[int, Place]) -> list[Ranked]:
    """Return the chunks ranked anew, each on a page by its better neighbour as well, best first.

    Args:
        ranked: All that was found, and the neighbours of it.
        places: Where those of them stand that are on a page, by key.
    """
    scores = {one.key: one.score for one in ranked}
    at = {
        (place.source_id, place.position): scores[key]
        for key, place in places.items()
        if key in scores
    }

    def judged(one: Ranked) -> Ranked:
        place = places.get(one.key)
        if place is None:
            return one
        beside = [
            at[place.source_id, position]
            for position in (place.position - 1, place.position + 1)
            if (place.source_id, position) in at
        ]
        around = max(beside, default=one.score)
        score = (1 - NEIGHBOUR_WEIGHT) * one.score + NEIGHBOUR_WEIGHT * around
        return Ranked(key=one.key, score=score)

    return sorted(map(judged, ranked), key=lambda one: (-one.score, one.key))
