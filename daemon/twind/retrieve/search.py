"""Hybrid search: full text and vectors over the same chunks, fused."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twind.domain.answers import Passage
from twind.domain.generations import Generation
from twind.domain.terms import match_expression, query_terms
from twind.errors import ModelUnavailable
from twind.models.base import Embedder, Embedding
from twind.models.registry import EmbedderRegistry
from twind.retrieve.diversity import diverse
from twind.retrieve.fuse import Candidate, Ranked, coverage, fluency, fuse, rarities
from twind.store.index.search import Index
from twind.store.store import Tenant

log = logging.getLogger(__name__)

CANDIDATES = 50
SPARE = 4
COMMON_SHARE = 0.25
COMMON_FROM = 2_000
RAREST = 3
NO_MODEL = "there is no embedding model, so this is full text alone; see: twinctl doctor"
NOT_READY = "the vectors are still being made, so this is full text alone; see: twinctl jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Passages, best first, and what they were found with.

    Attributes:
        passages: At most as many as were asked for.
        took_ms: Time the search took.
        notice: Set when only a part of the search could run.
        question: The question as the model sees it; None without a model.
        embedder: What embedded the question.
    """

    passages: list[Passage]
    took_ms: float
    notice: str | None = None
    question: Embedding | None = None
    embedder: Embedder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meaning:
    """The vector side of a search."""

    embedder: Embedder
    generation: Generation
    question: Embedding


class Retriever:
    """Finds the passages of a twin that fit a question."""

    def __init__(self, embedders: EmbedderRegistry) -> None:
        self._embedders = embedders

    def search(self, tenant: Tenant, twin_id: str, question: str, *, limit: int) -> Found:
        """Return the passages that fit best; full text alone where no vectors can be had."""
        started = time.perf_counter()
        meaning = self._meaning(tenant, question)
        candidates = _candidates(tenant.index, twin_id, question, meaning)
        reads = fluency(question, meaning.question.tokens) if meaning else 1.0
        ranked = fuse(candidates, fluency=reads)[: limit * SPARE]
        passages = diverse(_passages(tenant, twin_id, ranked, candidates), limit)
        return Found(
            passages=passages,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
            notice=None if meaning else self._notice(),
            question=meaning.question if meaning else None,
            embedder=meaning.embedder if meaning else None,
        )

    def _meaning(self, tenant: Tenant, question: str) -> _Meaning | None:
        generation = tenant.generations.active()
        embedder = self._embedders.for_spec(generation.spec) if generation else None
        if generation is None or embedder is None:
            return None
        try:
            (embedded,) = embedder.embed_queries([question])
        except ModelUnavailable as error:
            log.warning("searched without vectors: %s", error.message)
            return None
        return _Meaning(embedder=embedder, generation=generation, question=embedded)

    def _notice(self) -> str:
        return NO_MODEL if self._embedders.current is None else NOT_READY


def _candidates(
    index: Index, twin_id: str, question: str, meaning: _Meaning | None
) -> list[Candidate]:
    """Return what either search finds, each with the scores of both."""
    terms = query_terms(question)
    total = index.chunk_count(twin_id)
    frequencies = index.document_frequencies(twin_id, terms)
    expression = match_expression(_telling(terms, frequencies, total))
    bm25 = _matching(index, twin_id, expression)
    similarity = _nearest(index, twin_id, meaning)
    keys = list(dict.fromkeys([*bm25, *similarity]))
    if expression:
        rest = [key for key in keys if key not in bm25]
        bm25 |= index.full_text_scores(twin_id, expression, rest)
    if meaning is not None:
        missing = [key for key in keys if key not in similarity]
        similarity |= index.similarities(meaning.generation.key, meaning.question.vector, missing)
    weights = rarities(frequencies, total)
    held = index.holders(twin_id, terms, keys)
    return [
        Candidate(
            key=key,
            bm25=bm25.get(key, 0.0),
            coverage=coverage([term for term in terms if key in held[term]], weights),
            similarity=similarity.get(key),
        )
        for key in keys
    ]


def _telling(terms: Sequence[str], frequencies: Mapping[str, int], total: int) -> Sequence[str]:
    """Leave out words that a large share of many chunks holds: scoring them all takes long."""
    if total < COMMON_FROM:
        return terms
    rarest = sorted(terms, key=lambda term: frequencies[term])[:RAREST]
    return [term for term in terms if term in rarest or frequencies[term] <= COMMON_SHARE * total]


def _nearest(index: Index, twin_id: str, meaning: _Meaning | None) -> dict[int, float]:
    if meaning is None:
        return {}
    vector = meaning.question.vector
    return dict(index.nearest(twin_id, meaning.generation.key, vector, CANDIDATES))


def _matching(index: Index, twin_id: str, expression: str) -> dict[int, float]:
    """Return what full text finds; a question without words, such as `?`, finds nothing."""
    if not expression:
        return {}
    return dict(index.full_text(twin_id, expression, CANDIDATES))


def _passages(
    tenant: Tenant, twin_id: str, ranked: Sequence[Ranked], candidates: Sequence[Candidate]
) -> list[Passage]:
    by_key = {candidate.key: candidate for candidate in candidates}
    scores = {one.key: one.score for one in ranked}
    return [
        Passage(
            chunk_id=chunk.id,
            source_id=chunk.source_id,
            uri=chunk.uri,
            title=chunk.title,
            text=chunk.text,
            locator=chunk.locator,
            score=scores[chunk.key],
            similarity=by_key[chunk.key].similarity,
            coverage=by_key[chunk.key].coverage,
        )
        for chunk in tenant.chunks.load(twin_id, [one.key for one in ranked])
    ]
