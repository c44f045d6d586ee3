"""Hybrid search: full text and vectors over the same chunks, fused."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from twind.domain.answers import Passage
from twind.domain.chunks import Place
from twind.domain.generations import Generation
from twind.errors import ModelUnavailable
from twind.models.base import Embedder, Embedding
from twind.models.registry import EmbedderRegistry
from twind.retrieve.diversity import different, spread_over_pages
from twind.retrieve.fuse import Candidate, Ranked, fluency, fuse
from twind.retrieve.surroundings import in_surroundings
from twind.retrieve.words import Match, Words, look_up
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

    def nearest(self, index: Index, twin_id: str) -> dict[int, float]:
        """Return the cosines of the chunks of a twin that are nearest to the question."""
        vector = self.question.vector
        return dict(index.nearest(twin_id, self.generation.key, vector, CANDIDATES))

    def similarities(self, index: Index, keys: Sequence[int]) -> dict[int, float]:
        """Return the cosines of those of the chunks that have a vector."""
        return index.similarities(self.generation.key, self.question.vector, keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """Chunks by key with all their scores, and where those of them stand that are on a page."""

    candidates: Mapping[int, Candidate]
    places: Mapping[int, Place]


class Retriever:
    """Finds the passages of a twin that fit a question."""

    def __init__(self, embedders: EmbedderRegistry) -> None:
        self._embedders = embedders

    def search(self, tenant: Tenant, twin_id: str, question: str, *, limit: int) -> Found:
        """Return the passages that fit best; full text alone where no vectors can be had.

        While the model reads the question, all that its words alone tell is found out.
        """
        started = time.perf_counter()
        meant = self._begin_meaning(tenant, question)
        words = look_up(tenant.index, twin_id, question, limit=CANDIDATES)
        matches = words.judge(words.best)
        meaning = meant()
        judged = _judge(tenant, twin_id, words, matches, meaning)
        reads = fluency(question, meaning.question.tokens) if meaning else 1.0
        fused = fuse([*judged.candidates.values()], fluency=reads)
        ranked = in_surroundings(fused, judged.places)
        fitting = [one for one in ranked if judged.candidates[one.key].fits]
        found = _passages(tenant, twin_id, fitting[: limit * SPARE], judged, limit=limit)
        passages = different(found, limit)
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


def _judge(
    tenant: Tenant,
    twin_id: str,
    words: Words,
    matches: Mapping[int, Match],
    meaning: _Meaning | None,
) -> _Judged:
    """Judge by both sides what either found, and on pages what stands beside it.

    Args:
        tenant: Whose twin.
        twin_id: Whose chunks.
        words: The words of the question.
        matches: How the best by words fit them.
        meaning: The other side, if there is one.
    """
    similarity = meaning.nearest(tenant.index, twin_id) if meaning else {}
    found = matches.keys() | similarity.keys()
    places = tenant.chunks.places_around(twin_id, [*found])
    keys = found | places.keys()
    matches = {**matches, **words.judge([*keys - matches.keys()])}
    if meaning is not None:
        similarity |= meaning.similarities(tenant.index, [*keys - similarity.keys()])
    candidates = {
        key: Candidate(
            key=key,
            bm25=match.bm25,
            coverage=match.coverage,
            similarity=similarity.get(key),
        )
        for key, match in matches.items()
    }
    return _Judged(candidates=candidates, places=places)


def _passages(
    tenant: Tenant, twin_id: str, ranked: Sequence[Ranked], judged: _Judged, *, limit: int
) -> Iterator[Passage]:
    """Yield more passages than asked for in the order to show them; texts are read as needed."""
    scores = {one.key: one.score for one in ranked}
    order = spread_over_pages(scores, judged.places)
    for start in range(0, len(order), limit):
        for chunk in tenant.chunks.load(twin_id, order[start : start + limit]):
            yield Passage(
                chunk_id=chunk.id,
                source_id=chunk.source_id,
                uri=chunk.uri,
                title=chunk.title,
                text=chunk.text,
                locator=chunk.locator,
                score=scores[chunk.key],
                similarity=judged.candidates[chunk.key].similarity,
                coverage=judged.candidates[chunk.key].coverage,
            )
