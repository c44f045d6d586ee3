"""Watched folders of one tenant."""

import json
import time
from collections.abc import Sequence
from typing import Any

from twind.domain.ids import new_id
from twind.domain.watches import Watch, WatchCounts
from twind.errors import NotFound
from twind.store.database import Database, Row
from twind.store.scope import twin_key

_WATCH = "id, twin_id, path, include, exclude, root, last_event_at, created_at"


class WatchTable:
    """Watched folders; one a path and twin."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(
        self, twin_id: str, path: str, *, include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> Watch:
        """Return the watch of a folder, made if there is none, with these globs.

        Raises:
            NotFound: No such twin.
        """
        with self._db.transaction():
            twin_key(self._db, self._tenant, twin_id)
            rows = self._db.rows(
                "INSERT INTO watches (id, tenant_id, twin_id, path, include, exclude, created_at) "
                "VALUES (:id, :tenant, :twin, :path, :include, :exclude, :now) "
                "ON CONFLICT (twin_id, path) DO UPDATE SET include = excluded.include, "
                f"exclude = excluded.exclude RETURNING {_WATCH}",
                {
                    **self._params(new_id("wch")),
                    "twin": twin_id,
                    "path": path,
                    "include": json.dumps(list(include)),
                    "exclude": json.dumps(list(exclude)),
                    "now": time.time(),
                },
            )
        return _to_watch(rows[0])

    def get(self, watch_id: str) -> Watch:
        """Return a watch.

        Raises:
            NotFound: No such watch.
        """
        rows = self._db.rows(
            f"SELECT {_WATCH} FROM watches WHERE id = :id AND tenant_id = :tenant",
            self._params(watch_id),
        )
        if not rows:
            raise NotFound(f"there is no watch {watch_id}", hint="see: twinctl watch list")
        return _to_watch(rows[0])

    def all(self) -> tuple[Watch, ...]:
        """Return the watches of all twins, oldest first."""
        return self._select("", {})

    def list(self, twin_id: str) -> tuple[Watch, ...]:
        """Return the watches of a twin, oldest first."""
        return self._select("AND twin_id = :twin ", {"twin": twin_id})

    def note_root(self, watch_id: str, root: str) -> bool:
        """Note which folder was read at the path."""
        return self._set(watch_id, "root", root)

    def note_event(self, watch_id: str) -> bool:
        """Note that a change was followed just now."""
        return self._set(watch_id, "last_event_at", time.time())

    def counts(self, watch_id: str) -> WatchCounts:
        """Return how many sources came from a watched folder, and how they are."""
        rows = self._db.rows(
            "SELECT count(*) AS files, coalesce(sum(sources.status = 'live'), 0) AS live, "
            "coalesce(sum(sources.status = 'failed'), 0) AS failed "
            "FROM watched_files JOIN sources ON sources.id = watched_files.source_id "
            "WHERE watched_files.watch_id = :id AND watched_files.tenant_id = :tenant",
            self._params(watch_id),
        )
        return WatchCounts(files=rows[0]["files"], live=rows[0]["live"], failed=rows[0]["failed"])

    def remove(self, watch_id: str) -> bool:
        """Forget a watch and what was taken from it; the sources stay."""
        with self._db.transaction():
            self._db.execute(
                "DELETE FROM watched_files WHERE watch_id = :id AND tenant_id = :tenant",
                self._params(watch_id),
            )
            removed = self._db.execute(
                "DELETE FROM watches WHERE id = :id AND tenant_id = :tenant",
                self._params(watch_id),
            )
        return bool(removed)

    def _select(self, condition: str, params: dict[str, Any]) -> tuple[Watch, ...]:
        rows = self._db.rows(
            f"SELECT {_WATCH} FROM watches WHERE tenant_id = :tenant {condition}ORDER BY key",
            {**params, "tenant": self._tenant},
        )
        return tuple(_to_watch(row) for row in rows)

    def _set(self, watch_id: str, column: str, value: str | float) -> bool:
        changed = self._db.execute(
            f"UPDATE watches SET {column} = :value WHERE id = :id AND tenant_id = :tenant",
            {**self._params(watch_id), "value": value},
        )
        return bool(changed)

    def _params(self, watch_id: str) -> dict[str, Any]:
        return {"id": watch_id, "tenant": self._tenant}


def _to_watch(row: Row) -> Watch:
    return Watch(
        id=row["id"],
        twin_id=row["twin_id"],
        path=row["path"],
        include=tuple(json.loads(row["include"])),
        exclude=tuple(json.loads(row["exclude"])),
        root=row["root"],
        last_event_at=row["last_event_at"],
        created_at=row["created_at"],
    )
