"""Twins of one tenant."""

import time
from dataclasses import asdict
from typing import Any

from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.domain.sources import Removed
from twind.domain.twins import Mode, Persona, Size, Twin
from twind.errors import Conflict, NotFound
from twind.store.database import Database, Row
from twind.store.index.text import TextIndex
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.sources import SourceTable

_TWIN = (
    "key, id, slug, name, description, voice, language, greeting, refusal, mode, "
    "created_at, updated_at"
)


class TwinTable:
    """Twins, addressed by id or by slug."""

    def __init__(
        self, db: Database, tenant_id: str, text: TextIndex, sources: SourceTable
    ) -> None:
        self._db = db
        self._tenant = tenant_id
        self._text = text
        self._sources = sources

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
            "ORDER BY key DESC LIMIT :limit",
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
        """Remove a twin with all that belongs to it.

        Raises:
            NotFound: No such twin.
        """
        with self._db.transaction():
            row = self._row(twin_id)
            params = self._params(row["id"])
            sources = self._db.rows(
                "SELECT id FROM sources WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            self._db.execute(
                "DELETE FROM messages WHERE tenant_id = :tenant AND conversation_id IN "
                "(SELECT id FROM conversations WHERE twin_id = :id)",
                params,
            )
            self._db.execute(
                "DELETE FROM conversations WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            removed = [self._sources.delete(source["id"]) for source in sources]
            self._db.execute(
                "DELETE FROM watched_files WHERE tenant_id = :tenant AND watch_id IN "
                "(SELECT id FROM watches WHERE twin_id = :id)",
                params,
            )
            self._db.execute(
                "DELETE FROM watches WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            self._db.execute(
                "DELETE FROM verified_answers WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            self._db.execute(
                "DELETE FROM evaluations WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            self._db.execute(
                "DELETE FROM shares WHERE twin_id = :id AND tenant_id = :tenant", params
            )
            self._db.execute("DELETE FROM twins WHERE id = :id AND tenant_id = :tenant", params)
            self._text.drop(row["key"])
        return Removed(sources=len(removed), chunks=sum(each.chunks for each in removed))

    def count(self) -> int:
        """Return the number of twins of the tenant."""
        rows = self._db.rows(
            "SELECT count(*) AS twins FROM twins WHERE tenant_id = :tenant",
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

    def _row(self, slug_or_id: str) -> Row:
        rows = self._db.rows(
            f"SELECT {_TWIN} FROM twins WHERE tenant_id = :tenant AND (id = :id OR slug = :id)",
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
