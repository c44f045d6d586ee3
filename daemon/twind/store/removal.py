"""Removes what deleted twins and tenants left, a little at a time.

Where something is deleted it is marked as leaving, and nobody sees it from then on. How far its
removal has come stands in the database itself: whatever is still there is still to be removed.
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from twind.store.blobs import BlobTable
from twind.store.database import Database, Row, in_list
from twind.store.index.text import TextIndex
from twind.store.index.vectors import VectorIndex

_CHUNKS = 200  # a step of so many takes some hundredths of a second
_ROWS = 100


class Removal:
    """Takes one small transaction after the other, so that others can write between them."""

    def __init__(self, db: Database, text: TextIndex, vectors: VectorIndex, blobs: Path) -> None:
        self._db = db
        self._text = text
        self._vectors = vectors
        self._blobs = blobs

    def step(self) -> bool:
        """Remove a part of what is left; return whether there was any."""
        twins = self._db.rows(
            "SELECT key, id, tenant_id FROM twins WHERE leaving_at IS NOT NULL LIMIT 1"
        )
        for twin in twins:
            with self._db.transaction():
                self._reduce_twin(twin)
            return True
        tenants = self._db.rows("SELECT id FROM tenants WHERE leaving_at IS NOT NULL LIMIT 1")
        for tenant in tenants:
            with self._db.transaction():
                self._reduce_tenant(tenant["id"])
        return bool(tenants)

    def _reduce_twin(self, twin: Row) -> None:
        """Remove the next part of a twin; with its row goes what refers to it (`CASCADE`)."""
        params = {"id": twin["id"], "tenant": twin["tenant_id"]}
        parts = (self._words_of_jobs, self._chunks, self._sources, self._conversations)
        if not any(remove(params) for remove in parts):
            remove_little(self._db, params)
            self._text.drop(twin["key"])
            self._db.execute("DELETE FROM twins WHERE id = :id AND tenant_id = :tenant", params)

    def _reduce_tenant(self, tenant_id: str) -> None:
        """Let the twins of a tenant leave first, then remove the rows that it has in any table."""
        params = {"tenant": tenant_id, "now": time.time()}
        if self._db.execute(
            "UPDATE twins SET leaving_at = :now WHERE tenant_id = :tenant", params
        ):
            return
        for generation in self._db.rows(
            "SELECT key FROM generations WHERE tenant_id = :tenant", params
        ):
            self._vectors.drop(generation["key"])
        self._db.delete_everywhere("tenant_id", tenant_id)
        self._db.execute("DELETE FROM tenants WHERE id = :tenant", params)
        self._db.after_commit(self._blobs_of(tenant_id).remove_all)

    def _words_of_jobs(self, params: dict[str, Any]) -> bool:
        """Remove what jobs say of sources, their logs and titles; the jobs themselves stay."""
        jobs = self._next("jobs", "twin_id = :id AND payload <> '{}'", params)
        self._delete("job_logs", "job_id", jobs)
        wanted, ids = in_list("job", [job["id"] for job in jobs])
        self._db.execute(f"UPDATE jobs SET payload = '{{}}' WHERE id IN {wanted}", ids)
        return bool(jobs)

    def _chunks(self, params: dict[str, Any]) -> bool:
        rows = self._db.rows(
            "SELECT key FROM chunks WHERE twin_id = :id ORDER BY key LIMIT :limit",
            {**params, "limit": _CHUNKS},
        )
        keys = [row["key"] for row in rows]
        self._vectors.forget(keys)
        chunks, wanted = in_list("key", keys)
        self._db.execute(f"DELETE FROM chunks WHERE key IN {chunks}", wanted)
        return bool(keys)

    def _sources(self, params: dict[str, Any]) -> bool:
        sources = self._next("sources", "twin_id = :id", params, "blob_hash", "incoming_hash")
        self._delete("documents", "source_id", sources)
        self._delete("sources", "id", sources)
        hashes = [source[name] for source in sources for name in ("blob_hash", "incoming_hash")]
        self._blobs_of(params["tenant"]).drop_unused(hashes)
        return bool(sources)

    def _conversations(self, params: dict[str, Any]) -> bool:
        conversations = self._next("conversations", "twin_id = :id", params)
        self._delete("messages", "conversation_id", conversations)
        self._delete("conversations", "id", conversations)
        return bool(conversations)

    def _next(
        self, table: str, condition: str, params: dict[str, Any], *columns: str
    ) -> list[Row]:
        return self._db.rows(
            f"SELECT {', '.join(('id', *columns))} FROM {table} WHERE {condition} LIMIT :limit",
            {**params, "limit": _ROWS},
        )

    def _delete(self, table: str, column: str, of: Sequence[Row]) -> None:
        wanted, params = in_list("id", [row["id"] for row in of])
        self._db.execute(f"DELETE FROM {table} WHERE {column} IN {wanted}", params)

    def _blobs_of(self, tenant_id: str) -> BlobTable:
        return BlobTable(self._db, tenant_id, self._blobs)


def remove_little(db: Database, params: Mapping[str, Any]) -> None:
    """Remove what a twin (`id`, of `tenant`) has little of: watched folders, answers, links."""
    db.execute(
        "DELETE FROM watched_files WHERE tenant_id = :tenant AND watch_id IN "
        "(SELECT id FROM watches WHERE twin_id = :id)",
        params,
    )
    for table in ("watches", "verified_answers", "evaluations", "shares"):
        db.execute(f"DELETE FROM {table} WHERE twin_id = :id AND tenant_id = :tenant", params)
