"""Exchanging the embedding model while the daemon runs: the old vectors answer meanwhile."""

from twind.domain.jobs import Job
from twind.ingest.extraction import Extraction
from twind.ingest.vectors import queue_missing
from twind.jobs.loop import JobLoop
from twind.models.registry import EmbedderRegistry
from twind.store.store import Store


class EmbedderExchange:
    """Lets what depends on the embedding model follow when another one is current."""

    def __init__(
        self, store: Store, embedders: EmbedderRegistry, extraction: Extraction, loop: JobLoop
    ) -> None:
        self._store = store
        self._embedders = embedders
        self._extraction = extraction
        self._loop = loop

    def use(self, name: str) -> dict[str, Job]:
        """Embed with another model from now on, or with none; return the jobs by tenant.

        Raises:
            ModelUnavailable: There is no such model; all stays as it was.
        """
        self._embedders.use(name)
        return self.follow()

    def follow(self) -> dict[str, Job]:
        """Cut texts for the current model, and have the vectors made that it lacks."""
        self._extraction.cut_by(self._embedders.tokenizer, self._embedders.max_tokens)
        queued = {}
        for tenant in self._store.each_tenant():
            job = queue_missing(tenant, self._embedders)
            if job is not None:
                queued[tenant.id] = job
        self._loop.notify()
        return queued

    def holds(self, name: str) -> bool:
        """Say whether the vectors of a tenant were made by a model of this name."""
        for tenant in self._store.each_tenant():
            table = tenant.generations
            if name in {one.spec.model_id for one in (table.active(), table.building()) if one}:
                return True
        return False
