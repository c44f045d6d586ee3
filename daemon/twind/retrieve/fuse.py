"""Fusion of full text and vectors into one ranking.

A convex combination of scores keeps what rank fusion throws away, by how much a passage is
better (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023). The
cosine enters as it is. The lexical side is BM25 against the best of the question, mixed with the
share of the question's rarity-weighted words that a passage holds. Both sides are weighted by
what they are worth for this question:

- the cosine by how well the model reads the question: text in a language that the model has not
  learnt falls into many small tokens (Rust et al., "How Good is Your Tokenizer?", 2021);
- the lexical side by the best share: where no passage holds more than some of the words, the
  words say little, and the cosine says more, as far as the model reads the question.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

SIMILARITY_WEIGHT = 0.6
COVERAGE_WEIGHT = 0.4
COVERAGE_EXPONENT = 1.5
FLUENT_TOKENS_PER_BYTE = 0.28
FLUENCY_EXPONENT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A chunk with what both searches say about it.

    Attributes:
        key: The chunk.
        bm25: Full-text score, larger is better; 0 without a match.
        coverage: Share of the question's rarity-weighted words that it holds, 0 to 1.
        similarity: Cosine to the question, -1 to 1; None without an embedding.
    """

    key: int
    bm25: float
    coverage: float
    similarity: float | None

    @property
    def fits(self) -> bool:
        """Whether either search has anything to say for it."""
        return self.bm25 > 0 or self.similarity is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A chunk and its fused score, 0 to 1."""

    key: int
    score: float


def fuse(candidates: Sequence[Candidate], *, fluency: float = 1.0) -> list[Ranked]:
    """Return the candidates, best first.

    Args:
        candidates: Those to rank, each with all of its scores.
        fluency: How well the embedding model reads the question, from `fluency`.
    """
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0) or 1.0
    best_coverage = max((candidate.coverage for candidate in candidates), default=0.0)
    trust = math.pow(best_coverage, COVERAGE_EXPONENT * fluency)
    ranked = []
    for candidate in candidates:
        lexical = (1 - COVERAGE_WEIGHT) * (candidate.bm25 / best_bm25)
        lexical += COVERAGE_WEIGHT * candidate.coverage
        score = _combined(lexical * trust, candidate.similarity, fluency)
        ranked.append(Ranked(key=candidate.key, score=score))
    return sorted(ranked, key=lambda one: (-one.score, one.key))


def _combined(lexical: float, similarity: float | None, fluency: float) -> float:
    if similarity is None:
        return lexical
    weight = SIMILARITY_WEIGHT * fluency
    return weight * max(similarity, 0.0) + (1 - weight) * lexical


def fluency(question: str, tokens: int) -> float:
    """Return how well a model reads a question that its tokenizer cut into so many tokens, 0 to 1.

    Text that a model was made for takes up to about 0.28 tokens a byte of UTF-8.
    """
    size = len(question.encode())
    if not tokens or not size:
        return 1.0
    return min(1.0, math.pow(FLUENT_TOKENS_PER_BYTE * size / tokens, FLUENCY_EXPONENT))


def rarities(frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """Return what each word counts: the inverse document frequency of BM25, never below 0.

    Args:
        frequencies: In how many chunks each word stands.
        total: Number of chunks.
    """
    return {
        term: math.log(1 + (max(total, found) - found + 0.5) / (found + 0.5))
        for term, found in frequencies.items()
    }


def coverage(held: Collection[str], weights: Mapping[str, float]) -> float:
    """Return the share of the weight of all words that the held ones carry, 0 to 1."""
    total = math.fsum(weights.values())
    return math.fsum(weights[term] for term in held) / total if total else 0.0
