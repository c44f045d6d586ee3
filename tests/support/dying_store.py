"""Works on a store until its process dies, in the middle of a transaction.

Run as `python -m tests.support.dying_store FOLDER WORK N`: dies at the Nth change that `WORK`
makes, or after all of them, as if it was killed.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.support.store import SPEC, a_live_source, default_tenant, default_twin, indexed
from twind.store.database import Params
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store


class DyingDatabase(SqliteDatabase):
    """Ends the process at the Nth change; what follows a commit counts as one each."""

    left = sys.maxsize

    def execute(self, sql: str, params: Params | None = None) -> int:
        self._die_in_time()
        return super().execute(sql, params)

    def executemany(self, sql: str, params: Iterable[Params]) -> int:
        self._die_in_time()
        return super().executemany(sql, params)

    def after_commit(self, action: Callable[[], None]) -> None:
        def act() -> None:
            self._die_in_time()
            action()

        super().after_commit(act)

    def _die_in_time(self) -> None:
        self.left -= 1
        if self.left < 0:
            os._exit(9)


def swap(store: Store) -> None:
    tenant = default_tenant(store)
    source = tenant.sources.find(default_twin(tenant), "/a.md")
    assert source is not None
    generation = tenant.generations.start(SPEC)
    with tenant.transaction():
        tenant.sources.swap(source.id, indexed(tenant, "Ants march.", generation=generation))


def delete(store: Store) -> None:
    tenant = default_tenant(store)
    source = tenant.sources.find(default_twin(tenant), "/a.md")
    assert source is not None
    tenant.sources.delete(source.id)


def wipe(store: Store) -> None:
    """Remove what deleted twins left, and their words from every file."""
    store.erasure.wipe()


def main(folder: Path, work: str, changes: int) -> None:
    db = DyingDatabase.open(folder / "twinctl.db")
    store = Store(db, folder / "blobs")
    db.left = changes
    {"swap": swap, "delete": delete, "wipe": wipe}[work](store)
    os._exit(0)


def a_store_to_die_in(folder: Path) -> None:
    """Make a store with one live source of two chunks."""
    store = Store.open(folder / "twinctl.db", folder / "blobs")
    tenant = default_tenant(store)
    generation = tenant.generations.start(SPEC)
    a_live_source(tenant, "Bees dance.", "Wasps do not.", generation=generation)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
