"""Vectors for chunks: known ones are taken over, new ones come from the model."""

import logging
from collections.abc import Sequence

from twind.errors import ModelUnavailable
from twind.ingest.vectors import VECTORS
from twind.jobs.handler import JobContext
from twind.models.registry import EmbedderRegistry
from twind.store.store import Tenant

log = logging.getLogger(__name__)

SLICE = 32


class ChunkEmbedding:
    """Embeds the texts of chunks for the generation of the current model."""

    def __init__(self, embedders: EmbedderRegistry) -> None:
        self._embedders = embedders

    def embed(
        self, tenant: Tenant, texts: Sequence[str], hashes: Sequence[str], context: JobContext
    ) -> tuple[int | None, tuple[bytes, ...]]:
        """Return the key of the generation and a vector a text, or (None, ()) without a model.

        A model that fails is no reason to lose a source: full text answers until the vectors
        are made up for.
        """
        embedder = self._embedders.current
        if embedder is None:
            context.report(len(texts), len(texts))
            return None, ()
        generation = tenant.generations.start(embedder.spec)
        known = tenant.chunks.known_vectors(generation.key, list(hashes))
        texts_of = dict(zip(hashes, texts, strict=True))
        pending = [(digest, text) for digest, text in texts_of.items() if digest not in known]
        context.report(len(texts) - len(pending), len(texts))
        try:
            for start in range(0, len(pending), SLICE):
                part = pending[start : start + SLICE]
                made = embedder.embed_documents([text for _, text in part])
                known |= {digest: new.vector for (digest, _), new in zip(part, made, strict=True)}
                context.report(len(texts) - len(pending) + start + len(part), len(texts))
                context.check()
        except ModelUnavailable as error:
            log.warning("indexed without vectors: %s", error.message)
            context.log("warning", f"indexed without vectors for now: {error.message}")
            tenant.jobs.add(VECTORS)
            return None, ()
        return generation.key, tuple(known[digest] for digest in hashes)

    @staticmethod
    def make_up(tenant: Tenant, generation: int | None) -> None:
        """Have vectors made anew for what was embedded for a generation that is gone by now."""
        if generation is not None and not tenant.generations.is_current(generation):
            tenant.jobs.add(VECTORS)
