"""Hybrid search: full text and vectors over the same chunks, fused."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twind.domain.answers import Passage
from twind.domain.generations import Generation
from twind.errors import ModelUnavailable
from twind.models.base import Embedder, Embedding
from twind.models.registry import EmbedderRegistry
from twind.retrieve.diversity import diverse
from twind.retrieve.fuse import Candidate, Ranked, fluency, fuse
from twind.retrieve.words import Words, look_up
from twind.store.index.search import Index
from twind.store.store import Tenant

log = logging.getLogger(__name__)

CANDIDATES = 50
SPARE = 4
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
        """Return the passages that fit best; full text alone where no vectors can be had.

        The model reads the question while its words are looked up.
        """
        started = time.perf_counter()
        meant = self._begin_meaning(tenant, question)
        words = look_up(tenant.index, twin_id, question, limit=CANDIDATES)
        meaning = meant()
        candidates = _candidates(tenant.index, twin_id, words, meaning)
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

    def _begin_meaning(self, tenant: Tenant, question: str) -> Callable[[], _Meaning | None]:
        """Have the question embedded; what is returned waits for it."""
        generation = tenant.generations.active()
        embedder = self._embedders.for_spec(generation.spec) if generation else None
        if generation is None or embedder is None:
            return lambda: None
        pending = embedder.begin_query(question)

        def finish() -> _Meaning | None:
            try:
                return _Meaning(embedder=embedder, generation=generation, question=pending())
            except ModelUnavailable as error:
                log.warning("searched without vectors: %s", error.message)
                return None

        return finish

    def _notice(self) -> str:
        return NO_MODEL if self._embedders.current is None else NOT_READY


def _candidates(
    index: Index, twin_id: str, words: Words, meaning: _Meaning | None
) -> list[Candidate]:
    """Return what either search finds, each with the scores of both."""
    similarity = _nearest(index, twin_id, meaning)
    keys = list(dict.fromkeys([*words.bm25, *similarity]))
    matches = words.judge(keys)
    if meaning is not None:
        rest = [key for key in keys if key not in similarity]
        similarity |= index.similarities(meaning.generation.key, meaning.question.vector, rest)
    return [
        Candidate(
            key=key,
            bm25=matches[key].bm25,
            coverage=matches[key].coverage,
            similarity=similarity.get(key),
        )
        for key in keys
    ]


def _nearest(index: Index, twin_id: str, meaning: _Meaning | None) -> dict[int, float]:
    if meaning is None:
        return {}
    vector = meaning.question.vector
    return dict(index.nearest(twin_id, meaning.generation.key, vector, CANDIDATES))


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
