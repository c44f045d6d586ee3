"""Puts the content of a source into every table and index that holds it, and takes it out."""

from collections.abc import Sequence

from twind.domain.chunks import Chunk
from twind.domain.ids import new_id
from twind.domain.sources import Indexed
from twind.store.database import Database
from twind.store.erasure import Erasure
from twind.store.index.text import TextIndex
from twind.store.index.vectors import VectorIndex
from twind.store.scope import twin_key


class Content:
    """Documents, chunks, embeddings and index rows of one tenant's sources.

    Callers hold a transaction and have made sure that the source belongs to the tenant.
    """

    def __init__(
        self,
        db: Database,
        tenant_id: str,
        text: TextIndex,
        vectors: VectorIndex,
        erasure: Erasure,
    ) -> None:
        self._db = db
        self._tenant = tenant_id
        self._text = text
        self._vectors = vectors
        self._erasure = erasure

    def remove(self, twin_id: str, source_id: str) -> int:
        """Remove all content of a source and return how many chunks it had."""
        rows = self._db.rows(
            "SELECT key FROM chunks WHERE source_id = :source ORDER BY key", {"source": source_id}
        )
        keys = [row["key"] for row in rows]
        self._vectors.forget(keys)
        self._text.remove(twin_key(self._db, self._tenant, twin_id), keys)
        for table in ("chunks", "documents"):
            self._db.execute(
                f"DELETE FROM {table} WHERE source_id = :source",
                {"source": source_id},
            )
        if keys:
            self._db.after_commit(self._erasure.request)
        return len(keys)

    def insert(self, twin_id: str, source_id: str, new: Indexed) -> None:
        """Insert the content of a source that has none."""
        twin = twin_key(self._db, self._tenant, twin_id)
        self._db.execute(
            "INSERT INTO documents (source_id, tenant_id, text) VALUES (:source, :tenant, :text)",
            {"source": source_id, "tenant": self._tenant, "text": new.document.text},
        )
        keys = self._insert_chunks(twin_id, source_id, new)
        self._text.add(twin, new.title, zip(keys, new.chunks, strict=True))
        if new.generation is not None and self._is_current(new.generation):
            self.insert_vectors(
                new.generation,
                [(twin, *pair) for pair in zip(keys, new.vectors, strict=True)],
            )

    def insert_vectors(self, generation: int, rows: Sequence[tuple[int, int, bytes]]) -> None:
        """Insert (twin key, chunk key, vector) of chunks that have none in a generation."""
        self._db.executemany(
            "INSERT INTO embeddings (generation, chunk_key, tenant_id, vector) "
            "VALUES (:generation, :key, :tenant, :vector)",
            [
                {"generation": generation, "key": key, "tenant": self._tenant, "vector": vector}
                for _, key, vector in rows
            ],
        )
        self._vectors.add(generation, rows)

    def _insert_chunks(self, twin_id: str, source_id: str, new: Indexed) -> list[int]:
        parts = zip(new.chunks, new.text_hashes, strict=True)
        self._db.executemany(
            "INSERT INTO chunks (id, tenant_id, twin_id, source_id, position, text, text_hash, "
            "page, heading, start_char, end_char, start_seconds) "
            "VALUES (:id, :tenant, :twin, :source, :position, :text, :text_hash, "
            ":page, :heading, :start_char, :end_char, :start_seconds)",
            [
                {
                    "id": new_id("chk"),
                    "tenant": self._tenant,
                    "twin": twin_id,
                    "source": source_id,
                    "position": position,
                    "text_hash": text_hash,
                    **_columns(chunk),
                }
                for position, (chunk, text_hash) in enumerate(parts)
            ],
        )
        rows = self._db.rows(
            "SELECT key FROM chunks WHERE source_id = :source ORDER BY position",
            {"source": source_id},
        )
        return [row["key"] for row in rows]

    def _is_current(self, generation: int) -> bool:
        return bool(
            self._db.rows(
                "SELECT 1 FROM generations WHERE key = :generation AND tenant_id = :tenant "
                "AND status <> 'retired'",
                {"generation": generation, "tenant": self._tenant},
            )
        )


def _columns(chunk: Chunk) -> dict[str, str | int | float | None]:
    locator = chunk.locator
    return {
        "text": chunk.text,
        "page": locator.page,
        "heading": locator.heading,
        "start_char": locator.start_char,
        "end_char": locator.end_char,
        "start_seconds": locator.start_seconds,
    }
