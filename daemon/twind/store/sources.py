"""Sources of one tenant: places, and the swap of their content."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from twind.domain.ids import new_id
from twind.domain.jobs import Failure
from twind.domain.pages import Page
from twind.domain.sources import Blob, Indexed, Removed, Source, SourceKind, SourceStatus, Timings
from twind.errors import NotFound
from twind.store.blobs import BlobTable
from twind.store.content import Content
from twind.store.conversations import ConversationTable
from twind.store.database import Database, in_list
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.rows import SOURCE, failure_params, to_source
from twind.store.scope import OF_A_TWIN, twin_key

_NAMESAKES = 10
TIMINGS = tuple(field.name for field in fields(Timings))


class SourceTable:
    """Sources; whatever belongs to another tenant does not exist here."""

    def __init__(
        self,
        db: Database,
        tenant_id: str,
        content: Content,
        blobs: BlobTable,
        conversations: ConversationTable,
    ) -> None:
        self._db = db
        self._tenant = tenant_id
        self._content = content
        self._blobs = blobs
        self._conversations = conversations

    def add(
        self,
        twin_id: str,
        kind: SourceKind,
        uri: str,
        title: str,
        *,
        incoming: Blob | None = None,
    ) -> Source:
        """Return the source of a place, made if there is none.

        Args:
            twin_id: Its twin.
            kind: What sort of place it is.
            uri: The place.
            title: Title until the content gives a better one; ignored where the source exists.
            incoming: Bytes that were handed in for it, kept until they are indexed.

        Raises:
            NotFound: No such twin.
        """
        with self._db.transaction():
            twin_key(self._db, self._tenant, twin_id)
            now = time.time()
            self._db.execute(
                "INSERT INTO sources (id, tenant_id, twin_id, kind, uri, title, status, "
                "created_at, updated_at) VALUES (:id, :tenant, :twin, :kind, :uri, :title, "
                "'processing', :now, :now) ON CONFLICT DO NOTHING",
                {
                    "id": new_id("src"),
                    "tenant": self._tenant,
                    "twin": twin_id,
                    "kind": kind,
                    "uri": uri,
                    "title": title,
                    "now": now,
                },
            )
            source = self.find(twin_id, uri)
            if source is None:
                raise NotFound("no such twin")
            return source if incoming is None else self._receive(source, incoming)

    def get(self, source_id: str) -> Source:
        """Return a source.

        Raises:
            NotFound: No such source.
        """
        rows = self._db.rows(
            f"SELECT {SOURCE} FROM sources WHERE id = :id AND tenant_id = :tenant AND {OF_A_TWIN}",
            self._params(source_id),
        )
        if not rows:
            raise NotFound(f"there is no source {source_id}", hint="see: twinctl sources list")
        return to_source(rows[0])

    def find(self, twin_id: str, uri: str) -> Source | None:
        """Return the source of a place, or None."""
        rows = self._db.rows(
            f"SELECT {SOURCE} FROM sources "
            "WHERE twin_id = :twin AND uri = :uri AND tenant_id = :tenant",
            {"twin": twin_id, "uri": uri, "tenant": self._tenant},
        )
        return to_source(rows[0]) if rows else None

    def some(self, source_ids: Iterable[str]) -> dict[str, Source]:
        """Return those of the sources that there are, by id."""
        ids, params = in_list("id", source_ids)
        rows = self._db.rows(
            f"SELECT {SOURCE} FROM sources "
            f"WHERE id IN {ids} AND tenant_id = :tenant AND {OF_A_TWIN} ORDER BY key",
            {**params, "tenant": self._tenant},
        )
        return {row["id"]: to_source(row) for row in rows}

    def named(self, twin_id: str, name: str) -> tuple[Source, ...]:
        """Return the source of that id or place, else those whose id begins so, newest first."""
        for condition in ("id = :name OR uri = :name", "id >= :name AND id < :name || '~'"):
            rows = self._db.rows(
                f"SELECT {SOURCE} FROM sources WHERE twin_id = :twin AND tenant_id = :tenant "
                f"AND ({condition}) ORDER BY key DESC LIMIT :limit",
                {"twin": twin_id, "tenant": self._tenant, "name": name, "limit": _NAMESAKES},
            )
            if rows:
                return tuple(to_source(row) for row in rows)
        return ()

    def list(
        self,
        twin_id: str,
        *,
        cursor: str | None = None,
        limit: int = 100,
        status: SourceStatus | None = None,
    ) -> Page[Source]:
        """Return a page of the sources of a twin, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {SOURCE} FROM sources "
            "WHERE twin_id = :twin AND tenant_id = :tenant AND key < :before "
            "AND (:status IS NULL OR status = :status) ORDER BY key DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "status": status,
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, to_source)

    def count(self) -> int:
        """Return the number of sources of the tenant."""
        rows = self._db.rows(
            f"SELECT count(*) AS sources FROM sources WHERE tenant_id = :tenant AND {OF_A_TWIN}",
            {"tenant": self._tenant},
        )
        return int(rows[0]["sources"])

    def begin(self, source_id: str, job_id: str) -> bool:
        """Note that a job works on a source: it is `processing` unless it is live."""
        changed = self._db.execute(
            "UPDATE sources SET job_id = :job, updated_at = :now, error_code = NULL, "
            "error_message = NULL, error_hint = NULL, "
            "status = CASE WHEN indexed_at IS NULL THEN 'processing' ELSE 'live' END "
            "WHERE id = :id AND tenant_id = :tenant",
            {**self._params(source_id), "job": job_id, "now": time.time()},
        )
        return bool(changed)

    def fail(self, source_id: str, failure: Failure) -> bool:
        """Note why the last attempt failed; old content, where there is some, stays live."""
        changed = self._db.execute(
            "UPDATE sources SET updated_at = :now, error_code = :code, error_message = :message, "
            "error_hint = :hint, "
            "status = CASE WHEN indexed_at IS NULL THEN 'failed' ELSE 'live' END "
            "WHERE id = :id AND tenant_id = :tenant",
            {**self._params(source_id), **failure_params(failure), "now": time.time()},
        )
        return bool(changed)

    def unchanged(self, source_id: str, blob_hash: str) -> bool:
        """Note that a source was looked at again and still has the bytes that are indexed."""
        with self._db.transaction():
            try:
                source = self.get(source_id)
            except NotFound:
                return False
            self._db.execute(
                "UPDATE sources SET incoming_hash = nullif(incoming_hash, :hash), "
                "error_code = NULL, error_message = NULL, error_hint = NULL, updated_at = :now "
                "WHERE id = :id AND tenant_id = :tenant AND blob_hash = :hash",
                {**self._params(source_id), "hash": blob_hash, "now": time.time()},
            )
            self._blobs.drop_unused([source.incoming_hash])
        return True

    def swap(self, source_id: str, new: Indexed) -> None:
        """Put new content in the place of the old and make the source live, all at once.

        Raises:
            NotFound: The source is gone.
        """
        with self._db.transaction():
            source = self.get(source_id)
            self._blobs.keep(new.blob)
            if source.indexed_at is not None:
                self._content.remove(source.twin_id, source.id)
            self._content.insert(source.twin_id, source.id, new)
            self._db.execute(
                "UPDATE sources SET status = 'live', title = :title, blob_hash = :hash, "
                "incoming_hash = nullif(incoming_hash, :hash), bytes = :bytes, "
                "chars = :chars, pages = :pages, "
                "chunks = :chunks, author = :author, published = :published, "
                "url = :url, etag = :etag, last_modified = :last_modified, "
                "duration_s = :duration_s, "
                "fetch_s = :fetch_s, read_s = :read_s, embed_s = :embed_s, "
                "error_code = NULL, error_message = NULL, error_hint = NULL, "
                "updated_at = :now, indexed_at = :now WHERE id = :id AND tenant_id = :tenant",
                {**self._params(source_id), **_content_columns(new), "now": time.time()},
            )
            self._blobs.drop_unused([source.blob_hash, source.incoming_hash])

    def move(self, source_id: str, uri: str) -> bool:
        """Note that the place of a source has another name; False where that one is taken."""
        changed = self._db.execute(
            "UPDATE sources SET uri = :uri, updated_at = :now "
            "WHERE id = :id AND tenant_id = :tenant AND NOT EXISTS (SELECT 1 FROM sources AS "
            "others WHERE others.twin_id = sources.twin_id AND others.uri = :uri)",
            {**self._params(source_id), "uri": uri, "now": time.time()},
        )
        return bool(changed)

    def delete(self, source_id: str) -> Removed:
        """Remove a source with all its content, end its jobs and withdraw what quotes it.

        Raises:
            NotFound: No such source.
        """
        with self._db.transaction():
            source = self.get(source_id)
            chunks = self._content.remove(source.twin_id, source.id)
            self._db.execute(
                "DELETE FROM sources WHERE id = :id AND tenant_id = :tenant",
                self._params(source_id),
            )
            self._blobs.drop_unused([source.blob_hash, source.incoming_hash])
            self._end_jobs(source_id)
            answers = self._conversations.withdraw(source.twin_id, source.id)
        return Removed(sources=1, chunks=chunks, answers=answers)

    def _receive(self, source: Source, incoming: Blob) -> Source:
        self._blobs.keep(incoming)
        self._db.execute(
            "UPDATE sources SET incoming_hash = :hash, updated_at = :now "
            "WHERE id = :id AND tenant_id = :tenant",
            {**self._params(source.id), "hash": incoming.hash, "now": time.time()},
        )
        self._blobs.drop_unused([source.incoming_hash])
        return self.get(source.id)

    def _end_jobs(self, source_id: str) -> None:
        params = {**self._params(source_id), "now": time.time()}
        self._db.execute(
            "UPDATE jobs SET status = 'cancelled', updated_at = :now, finished_at = :now "
            "WHERE source_id = :id AND tenant_id = :tenant AND status = 'queued'",
            params,
        )
        self._db.execute(
            "UPDATE jobs SET cancel_requested = 1, updated_at = :now "
            "WHERE source_id = :id AND tenant_id = :tenant AND status = 'running'",
            params,
        )
        self._forget_words_of_jobs(source_id)

    def _forget_words_of_jobs(self, source_id: str) -> None:
        """Remove what jobs say of the source: titles that were wished for, and their logs."""
        self._db.execute(
            "DELETE FROM job_logs WHERE tenant_id = :tenant AND job_id IN "
            "(SELECT id FROM jobs WHERE source_id = :id AND tenant_id = :tenant)",
            self._params(source_id),
        )
        self._db.execute(
            "UPDATE jobs SET payload = '{}' WHERE source_id = :id AND tenant_id = :tenant",
            self._params(source_id),
        )

    def _params(self, source_id: str) -> dict[str, Any]:
        return {"id": source_id, "tenant": self._tenant}


def _content_columns(new: Indexed) -> Mapping[str, Any]:
    return {
        "title": new.title,
        "hash": new.blob.hash,
        "bytes": new.blob.bytes,
        "chars": len(new.document.text),
        "pages": new.document.pages,
        "chunks": len(new.chunks),
        "author": new.document.author,
        "published": new.document.published,
        **asdict(new.origin),
        **(asdict(new.timings) if new.timings else dict.fromkeys(TIMINGS)),
    }
