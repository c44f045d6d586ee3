"""The `vectors` job: makes the vectors that a tenant's index lacks.

It builds the generation of the current model beside the one that answers, and swaps them when
every chunk has its vector. It also makes up for vectors that could not be made at ingest.
"""

from collections.abc import Sequence

from twind.domain.generations import Generation
from twind.domain.jobs import Job
from twind.errors import ModelUnavailable
from twind.jobs.handler import JobContext, Passing
from twind.models.base import Embedder, Embedding
from twind.models.registry import EmbedderRegistry
from twind.store.store import Tenant

VECTORS = "vectors"
SLICE = 32


class VectorsHandler:
    """Fills the generation of the current model; what is there already is not made again."""

    def __init__(self, embedders: EmbedderRegistry) -> None:
        self._embedders = embedders

    def __call__(self, job: Job, context: JobContext) -> None:  # noqa: ARG002 - all is in the tenant
        """Make the missing vectors of the tenant of the job."""
        tenant = context.tenant
        while (embedder := self._embedders.current) is not None:
            generation = tenant.generations.start(embedder.spec)
            made = self._fill(tenant, embedder, generation, context)
            context.log("info", f"made {made} vectors with {embedder.spec.model_id}")
            if tenant.generations.activate(generation.key):
                return
            # Chunks came in between, or what embedded with the model before gave this up.
            context.check()
        context.log("info", "there is no embedding model; full text answers alone")

    @staticmethod
    def _fill(
        tenant: Tenant, embedder: Embedder, generation: Generation, context: JobContext
    ) -> int:
        there, chunks = tenant.generations.made(generation.key)
        done = 0
        while missing := tenant.generations.missing(generation.key, SLICE):
            made = _embedded(embedder, [chunk.text for chunk in missing])
            pairs = [(chunk.key, new.vector) for chunk, new in zip(missing, made, strict=True)]
            tenant.generations.put(generation.key, pairs)
            done += len(missing)
            context.report(there + done, max(chunks, there + done))
            context.check()
        return done


def _embedded(embedder: Embedder, texts: Sequence[str]) -> list[Embedding]:
    try:
        return embedder.embed_documents(texts)
    except ModelUnavailable as error:
        raise Passing(error.message, hint=error.hint, code=error.code) from error


def queue_missing(tenant: Tenant, embedders: EmbedderRegistry) -> Job | None:
    """Queue a `vectors` job where the index of a tenant is not complete, and return it."""
    embedder = embedders.current
    if embedder is None:
        return None
    generation = tenant.generations.start(embedder.spec)
    if generation == tenant.generations.active() and not tenant.generations.missing(
        generation.key, 1
    ):
        return None
    return tenant.jobs.add(VECTORS)
