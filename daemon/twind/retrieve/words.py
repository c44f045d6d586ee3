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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a question's words found.

    Attributes:
        weights: How much each word that tells something counts.
        bm25: Scores of the chunks that match best, by key; larger is better.
    """

    index: Index
    twin_id: str
    weights: Mapping[str, float]
    bm25: Mapping[int, float]

    def judge(self, keys: Sequence[int]) -> dict[int, Match]:
        """Return for each of the given chunks how well it fits the words."""
        found = self.index.matches(self.twin_id, list(self.weights), keys)
        return {
            key: Match(
                bm25=found.scores.get(key, 0.0),
                coverage=coverage(
                    [word for word in self.weights if key in found.holders[word]], self.weights
                ),
            )
            for key in keys
        }


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
        bm25=dict(found),
    )


def _telling(terms: Sequence[str], frequencies: Mapping[str, int], total: int) -> list[str]:
    """Leave out words that a large share of many chunks holds.

    They tell little, and looking at all their matches takes long. The rarest always stay.
    """
    if total < COMMON_FROM:
        return list(terms)
    rarest = sorted(terms, key=lambda term: frequencies[term])[:RAREST]
    return [term for term in terms if term in rarest or frequencies[term] <= COMMON_SHARE * total]
