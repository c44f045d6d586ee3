"""Hybrid search: full text and vectors over the same chunks, fused."""

import logging
import time
from dataclasses import dataclass

from twind.domain.answers import Passage
from twind.domain.terms import match_expression, query_terms
from twind.models.base import Embedder
from twind.models.registry import EmbedderRegistry
from twind.store.store import Tenant

log = logging.getLogger(__name__)

CANDIDATES = 50
NO_MODEL = "there is no embedding model: this is full text alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Passages, best first, and what they were found with.

    Attributes:
        passages: At most as many as were asked for.
        took_ms: Time the search took.
        notice: Set when only a part of the search could run.
        vector: The question as a vector, float32; None without a model.
        embedder: What made the vector.
    """

    passages: list[Passage]
    took_ms: float
    notice: str | None = None
    vector: bytes | None = None
    embedder: Embedder | None = None


class Retriever:
    """Finds the passages of a twin that fit a question."""

    def __init__(self, embedders: EmbedderRegistry) -> None:
        self._embedders = embedders

    def search(self, tenant: Tenant, twin_id: str, question: str, *, limit: int) -> Found:
        """Return the passages that fit best."""
        started = time.perf_counter()
        terms = query_terms(question)
        text = (
            tenant.index.full_text(twin_id, match_expression(terms), CANDIDATES) if terms else []
        )
        generation = tenant.generations.active()
        vector = None
        near = []
        embedder = self._embedders.for_spec(generation.spec) if generation else None
        if embedder and generation:
            vector = embedder.embed_queries([question])[0]
            near = tenant.index.nearest(twin_id, generation.key, vector, CANDIDATES)
        sims = dict(near)
        scores = {}
        for ranking in (text, near):
            for r, (key, _) in enumerate(ranking, 1):
                scores[key] = scores.get(key, 0) + 1 / (60 + r)
        best = sorted(scores, key=scores.get, reverse=True)[:limit]
        passages = [
            Passage(
                chunk_id=c.id,
                source_id=c.source_id,
                uri=c.uri,
                title=c.title,
                text=c.text,
                locator=c.locator,
                score=scores[c.key],
                similarity=sims.get(c.key),
                coverage=0.5,
            )
            for c in tenant.chunks.load(twin_id, best)
        ]
        return Found(
            passages=passages,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
            notice=None if embedder else NO_MODEL,
            vector=vector,
            embedder=embedder,
        )
