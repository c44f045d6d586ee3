"""Chunks of one tenant's live sources."""

from collections.abc import Iterable, Sequence

from twind.domain.chunks import Place
from twind.domain.sources import StoredChunk
from twind.store.database import Database, in_list
from twind.store.rows import to_stored_chunk
from twind.store.scope import OF_A_TWIN


class ChunkTable:
    """Indexed passages; they come and go with `SourceTable.swap` and `delete`."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def load(self, twin_id: str, keys: Sequence[int]) -> list[StoredChunk]:
        """Return the chunks with these keys, in their order; keys of no chunk are left out."""
        wanted, params = in_list("key", keys)
        rows = self._db.rows(
            "SELECT c.key, c.id, c.source_id, s.uri, s.title, c.text, c.page, c.heading, "
            "c.start_char, c.end_char, c.start_seconds "
            "FROM chunks AS c JOIN sources AS s ON s.id = c.source_id "
            f"WHERE c.key IN {wanted} AND c.twin_id = :twin AND c.tenant_id = :tenant",
            {"twin": twin_id, "tenant": self._tenant, **params},
        )
        found = {row["key"]: to_stored_chunk(row) for row in rows}
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def places_around(self, twin_id: str, keys: Sequence[int]) -> dict[int, Place]:
        """Return the places of those of the chunks that stand on a page, and of their neighbours.

        The neighbours of a chunk are those right before and after it in its source.
        """
        wanted, params = in_list("key", keys)
        rows = self._db.rows(
            "SELECT DISTINCT near.key, near.source_id, near.position, near.page "
            "FROM chunks AS c JOIN chunks AS near ON near.source_id = c.source_id "
            "AND near.position BETWEEN c.position - 1 AND c.position + 1 "
            f"WHERE c.key IN {wanted} AND c.twin_id = :twin AND c.tenant_id = :tenant "
            "AND c.page IS NOT NULL AND near.page IS NOT NULL",
            {"twin": twin_id, "tenant": self._tenant, **params},
        )
        return {
            row["key"]: Place(
                source_id=row["source_id"], position=row["position"], page=row["page"]
            )
            for row in rows
        }

    def of_source(self, source_id: str) -> list[StoredChunk]:
        """Return all chunks of a source in order."""
        rows = self._db.rows(
            "SELECT c.key, c.id, c.source_id, s.uri, s.title, c.text, c.page, c.heading, "
            "c.start_char, c.end_char, c.start_seconds "
            "FROM chunks AS c JOIN sources AS s ON s.id = c.source_id "
            "WHERE c.source_id = :source AND c.tenant_id = :tenant ORDER BY c.position",
            {"source": source_id, "tenant": self._tenant},
        )
        return [to_stored_chunk(row) for row in rows]

    def count(self) -> int:
        """Return the number of chunks of the tenant."""
        rows = self._db.rows(
            "SELECT coalesce(sum(chunks), 0) AS chunks FROM sources "
            f"WHERE tenant_id = :tenant AND {OF_A_TWIN}",
            {"tenant": self._tenant},
        )
        return int(rows[0]["chunks"])

    def known_vectors(self, generation: int, text_hashes: Iterable[str]) -> dict[str, bytes]:
        """Return vectors that a generation has for texts with these hashes already."""
        wanted, params = in_list("hash", dict.fromkeys(text_hashes))
        rows = self._db.rows(
            "SELECT c.text_hash, e.vector FROM chunks AS c "
            "JOIN embeddings AS e ON e.chunk_key = c.key AND e.generation = :generation "
            f"WHERE c.tenant_id = :tenant AND c.text_hash IN {wanted}",
            {"generation": generation, "tenant": self._tenant, **params},
        )
        return {row["text_hash"]: row["vector"] for row in rows}
