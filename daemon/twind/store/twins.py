"""Twins of one tenant."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.domain.sources import Removed
from twind.domain.twins import Mode, Persona, Size, Twin
from twind.errors import Conflict, NotFound
from twind.store.database import Database, Row
from twind.store.erasure import Erasure
from twind.store.index.text import TextIndex
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.removal import remove_little

_TWIN = (
    "key, id, slug, name, description, voice, language, greeting, refusal, mode, "
    "created_at, updated_at"
)


class TwinTable:
    """Twins, addressed by id or by slug."""

    def __init__(self, db: Database, tenant_id: str, text: TextIndex, erasure: Erasure) -> None:
        self._db = db
        self._tenant = tenant_id
        self._text = text
        self._erasure = erasure

    def create(self, slug: str, name: str, description: str = "") -> Twin:
        """Make a twin with its empty full-text index.

        Raises:
            Conflict: The slug is taken.
        """
        with self._db.transaction():
            self._check_free(slug)
            rows = self._db.rows(
                "INSERT INTO twins (id, tenant_id, slug, name, description, created_at, "
                "updated_at) VALUES (:id, :tenant, :slug, :name, :description, :now, :now) "
                f"RETURNING {_TWIN}",
                {
                    **self._params(new_id("twn")),
                    "slug": slug,
                    "name": name,
                    "description": description,
                    "now": time.time(),
                },
            )
            self._text.create(rows[0]["key"])
        return _to_twin(rows[0])

    def get(self, slug_or_id: str) -> Twin:
        """Return a twin.

        Raises:
            NotFound: No such twin.
        """
        return _to_twin(self._row(slug_or_id))

    def list(self, *, cursor: str | None = None, limit: int = 100) -> Page[Twin]:
        """Return a page of twins, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_TWIN} FROM twins WHERE tenant_id = :tenant AND key < :before "
            "AND leaving_at IS NULL ORDER BY key DESC LIMIT :limit",
            {
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_twin)

    def update(
        self,
        twin_id: str,
        *,
        slug: str | None = None,
        name: str | None = None,
        description: str | None = None,
        persona: Persona | None = None,
    ) -> Twin:
        """Change what is given of a twin; a persona is replaced whole.

        Raises:
            NotFound: No such twin.
            Conflict: The slug is taken.
        """
        with self._db.transaction():
            twin = self.get(twin_id)
            if slug is not None and slug != twin.slug:
                self._check_free(slug)
            self._db.execute(
                "UPDATE twins SET slug = coalesce(:slug, slug), name = coalesce(:name, name), "
                "description = coalesce(:description, description), voice = :voice, "
                "language = :language, greeting = :greeting, refusal = :refusal, mode = :mode, "
                "updated_at = :now WHERE id = :id AND tenant_id = :tenant",
                {
                    **self._params(twin.id),
                    **asdict(persona or twin.persona),
                    "slug": slug,
                    "name": name,
                    "description": description,
                    "now": time.time(),
                },
            )
            return self.get(twin.id)

    def delete(self, twin_id: str) -> Removed:
        """Let a twin be one no more, with all that belongs to it, and end its jobs.

        Nobody sees any of it from now on. What may be much, as its sources and conversations, is
        removed in the background; see `twind.store.removal`.

        Raises:
            NotFound: No such twin.
        """
        with self._db.transaction():
            params = {**self._params(self._row(twin_id)["id"]), "now": time.time()}
            size = self.size(params["id"])
            self._db.execute(
                "UPDATE twins SET slug = id, leaving_at = :now "
                "WHERE id = :id AND tenant_id = :tenant",
                params,
            )
            self._end_jobs(params)
            remove_little(self._db, params)
            self._db.after_commit(self._erasure.request)
        return Removed(sources=size.sources, chunks=size.chunks)

    def count(self) -> int:
        """Return the number of twins of the tenant."""
        rows = self._db.rows(
            "SELECT count(*) AS twins FROM twins WHERE tenant_id = :tenant AND leaving_at IS NULL",
            {"tenant": self._tenant},
        )
        return int(rows[0]["twins"])

    def size(self, twin_id: str) -> Size:
        """Return how much a twin knows."""
        rows = self._db.rows(
            "SELECT count(*) AS sources, coalesce(sum(chunks), 0) AS chunks FROM sources "
            "WHERE twin_id = :id AND tenant_id = :tenant",
            self._params(twin_id),
        )
        return Size(sources=rows[0]["sources"], chunks=rows[0]["chunks"])

    def _end_jobs(self, params: Mapping[str, Any]) -> None:
        self._db.execute(
            "UPDATE jobs SET status = 'cancelled', updated_at = :now, finished_at = :now "
            "WHERE twin_id = :id AND tenant_id = :tenant AND status = 'queued'",
            params,
        )
        self._db.execute(
            "UPDATE jobs SET cancel_requested = 1, updated_at = :now "
            "WHERE twin_id = :id AND tenant_id = :tenant AND status = 'running'",
            params,
        )

    def _row(self, slug_or_id: str) -> Row:
        rows = self._db.rows(
            f"SELECT {_TWIN} FROM twins WHERE tenant_id = :tenant AND (id = :id OR slug = :id) "
            "AND leaving_at IS NULL",
            self._params(slug_or_id),
        )
        if not rows:
            raise no_twin(slug_or_id)
        return rows[0]

    def _check_free(self, slug: str) -> None:
        taken = self._db.rows(
            "SELECT 1 FROM twins WHERE slug = :slug AND tenant_id = :tenant",
            {"slug": slug, "tenant": self._tenant},
        )
        if taken:
            raise Conflict(f"there is a twin {slug} already", hint="choose another slug")

    def _params(self, twin_id: str) -> dict[str, Any]:
        return {"id": twin_id, "tenant": self._tenant}


def no_twin(slug_or_id: str) -> NotFound:
    """Return the error that says so."""
    return NotFound(
        f"there is no twin {slug_or_id}",
        hint="twinctl twin list names them; twinctl twin use TWIN chooses one",
    )


def _to_twin(row: Row) -> Twin:
    return Twin(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        persona=Persona(
            voice=row["voice"],
            language=row["language"],
            greeting=row["greeting"],
            refusal=row["refusal"],
            mode=Mode(row["mode"]),
        ),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
