"""The full-text side of a search: the words of a question, what they weigh and what they find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twind.domain.terms import match_expression, query_terms
from twind.retrieve.fuse import coverage, rarities
from twind.store.index.search import Index

COMMON_SHARE = 0.25
COMMON_FROM = 10_000
RAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well a chunk fits the words of a question.

    Attributes:
        bm25: Full-text score, larger is better; 0 without a match.
        coverage: Share of the words' weight that it holds, 0 to 1.
    """

    bm25: float
    coverage: float


NO_MATCH = Match(bm25=0.0, coverage=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a question that tell something.

    Attributes:
        weights: How much each of them counts.
        best: Keys of the chunks that match them best, best first.
    """

    index: Index
    twin_id: str
    weights: Mapping[str, float]
    best: Sequence[int]

    def judge(self, keys: Sequence[int]) -> dict[int, Match]:
        """Return for each of the given chunks how well it fits the words."""
        held = self.index.matches(self.twin_id, list(self.weights), keys)
        return {key: self._match(held[key]) if key in held else NO_MATCH for key in keys}

    def _match(self, scores: Mapping[str, float]) -> Match:
        return Match(bm25=sum(scores.values()), coverage=coverage(scores, self.weights))


def look_up(index: Index, twin_id: str, question: str, *, limit: int) -> Words:
    """Find the chunks of a twin that hold words of a question; `?` finds nothing."""
    terms = query_terms(question)
    total = index.chunk_count(twin_id)
    frequencies = index.document_frequencies(twin_id, terms)
    telling = _telling(terms, frequencies, total)
    found = index.full_text(twin_id, match_expression(telling), limit) if telling else []
    return Words(
        index=index,
        twin_id=twin_id,
        weights=rarities({term: frequencies[term] for term in telling}, total),
        best=[key for key, _ in found],
    )


def _telling(terms: Sequence[str], frequencies: Mapping[str, int], total: int) -> list[str]:
    """Leave out words that a large share of many chunks holds.

    They tell little, and looking at all their matches takes long. The rarest always stay.
    """
    if total < COMMON_FROM:
        return list(terms)
    rarest = sorted(terms, key=lambda term: frequencies[term])[:RAREST]
    return [term for term in terms if term in rarest or frequencies[term] <= COMMON_SHARE * total]
