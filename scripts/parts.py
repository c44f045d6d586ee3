"""What full text and vectors find, each alone, to compare the search that joins them with."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import EMBEDDING

from twinctl.paths import find_home
from twind.domain.sources import StoredChunk
from twind.domain.terms import match_expression, query_terms
from twind.domain.twins import DEFAULT_TENANT
from twind.models.registry import EmbedderRegistry
from twind.store.store import Store, Tenant

Ranking = list[tuple[StoredChunk, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The two indexes of a home whose daemon does not run."""

    tenant: Tenant
    embedders: EmbedderRegistry

    def full_text(self, twin: str, question: str, limit: int) -> Ranking:
        """Return the chunks that BM25 finds, with their scores."""
        twin_id = self.tenant.twins.get(twin).id
        expression = match_expression(query_terms(question))
        if not expression:
            return []
        found = self.tenant.index.full_text(twin_id, expression, limit)
        return self._load(twin_id, dict(found))

    def vectors(self, twin: str, question: str, limit: int) -> Ranking:
        """Return the chunks nearest in meaning, with their cosines."""
        twin_id = self.tenant.twins.get(twin).id
        generation = self.tenant.generations.active()
        embedder = self.embedders.for_spec(generation.spec) if generation else None
        if generation is None or embedder is None:
            return []
        [embedded] = embedder.embed_queries([question])
        found = self.tenant.index.nearest(twin_id, generation.key, embedded.vector, limit)
        return self._load(twin_id, dict(found))

    def _load(self, twin_id: str, scores: Mapping[int, float]) -> Ranking:
        return [
            (chunk, scores[chunk.key]) for chunk in self.tenant.chunks.load(twin_id, list(scores))
        ]


@contextmanager
def opened_parts(root: Path) -> Iterator[Parts]:
    """Open the store of a home and its embedding model."""
    home = find_home(str(root))
    store = Store.open(home.database, home.blobs)
    embedders = EmbedderRegistry(EMBEDDING, home.models, keep_alive_s=-1)
    try:
        yield Parts(tenant=store.tenant(DEFAULT_TENANT), embedders=embedders)
    finally:
        embedders.close()
        store.close()
