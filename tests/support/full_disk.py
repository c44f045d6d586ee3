"""A store that takes no more, as on a full disk, until there is room again."""

from collections.abc import Iterator
from contextlib import contextmanager

from twind.store.store import Store

_NO_LIMIT = 2**31


@contextmanager
def little_room(store: Store, *, pages: int = 16) -> Iterator[None]:
    """Let the database grow by a few pages only; there is room again afterwards."""
    (row,) = store._db.rows("PRAGMA page_count")
    _set(store, f"max_page_count = {row['page_count'] + pages}")
    try:
        yield
    finally:
        _set(store, f"max_page_count = {_NO_LIMIT}")


@contextmanager
def only_read(store: Store) -> Iterator[None]:
    """Let nothing at all be written; it can be again afterwards."""
    _set(store, "query_only = ON")
    try:
        yield
    finally:
        _set(store, "query_only = OFF")


def _set(store: Store, pragma: str) -> None:
    with store._db._lock:
        store._db.connection.execute(f"PRAGMA {pragma}").fetchall()
