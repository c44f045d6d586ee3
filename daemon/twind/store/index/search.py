"""What retrieval asks of the indexes of one tenant."""

from collections.abc import Iterable, Sequence

from twind.store.database import Database
from twind.store.index.text import TextIndex
from twind.store.index.vectors import VectorIndex
from twind.store.scope import find_twin_key

DEFAULT_WEIGHTS = (1.0, 1.0)


class Index:
    """Full text and vectors over the live content of a tenant's twins.

    Content enters and leaves the indexes in the transactions that make it live or remove it. A
    twin or generation of somebody else's matches nothing.
    """

    def __init__(
        self, db: Database, tenant_id: str, text: TextIndex, vectors: VectorIndex
    ) -> None:
        self._db = db
        self._tenant = tenant_id
        self._text = text
        self._vectors = vectors

    def full_text(
        self,
        twin_id: str,
        expression: str,
        limit: int,
        weights: tuple[float, float] = DEFAULT_WEIGHTS,
    ) -> list[tuple[int, float]]:
        """Return keys and BM25 scores of the chunks that match best, best first.

        Args:
            twin_id: Whose chunks.
            expression: An FTS5 query over the columns `context` and `body`; its words must have
                gone through `index_text`.
            limit: At most so many.
            weights: What a match in `context` and in `body` counts.
        """
        twin = find_twin_key(self._db, self._tenant, twin_id)
        return [] if twin is None else self._text.search(twin, expression, limit, weights)

    def matches(
        self, twin_id: str, terms: Sequence[str], keys: Sequence[int]
    ) -> dict[int, dict[str, float]]:
        """Return the terms that each of the given chunks holds, each with its BM25 score.

        Together they are the score of the chunk. A chunk without any is left out.
        """
        twin = find_twin_key(self._db, self._tenant, twin_id)
        return {} if twin is None else self._text.matches(twin, terms, keys)

    def document_frequencies(self, twin_id: str, terms: Iterable[str]) -> dict[str, int]:
        """Return for each term in how many chunks of the twin it stands, stemming included."""
        twin = find_twin_key(self._db, self._tenant, twin_id)
        return dict.fromkeys(terms, 0) if twin is None else self._text.frequencies(twin, terms)

    def chunk_count(self, twin_id: str) -> int:
        """Return the number of chunks of a twin."""
        rows = self._db.rows(
            "SELECT coalesce(sum(chunks), 0) AS chunks FROM sources "
            "WHERE twin_id = :twin AND tenant_id = :tenant",
            {"twin": twin_id, "tenant": self._tenant},
        )
        return int(rows[0]["chunks"])

    def nearest(
        self, twin_id: str, generation: int, vector: bytes, limit: int
    ) -> list[tuple[int, float]]:
        """Return keys and cosines of the chunks nearest to a vector, nearest first.

        Args:
            twin_id: Whose chunks.
            generation: Key of the generation to look in.
            vector: Little-endian float32 of the generation's dimension.
            limit: At most so many (and never more than 4096).
        """
        rows = self._db.rows(
            "SELECT t.key FROM twins AS t JOIN generations AS g ON g.tenant_id = t.tenant_id "
            "WHERE t.id = :twin AND t.tenant_id = :tenant AND t.leaving_at IS NULL "
            "AND g.key = :generation AND g.status <> 'retired'",
            {"twin": twin_id, "tenant": self._tenant, "generation": generation},
        )
        return [] if not rows else self._vectors.nearest(generation, rows[0]["key"], vector, limit)

    def similarities(
        self, generation: int, vector: bytes, keys: Sequence[int]
    ) -> dict[int, float]:
        """Return the cosines between a vector and those of the given chunks that have one."""
        return self._vectors.similarities(self._tenant, generation, vector, keys)
