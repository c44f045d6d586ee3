"""Pages by key: the cursor is the key of the last row that was shown."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from twind.domain.pages import Page
from twind.errors import InvalidInput
from twind.store.database import Row

T = TypeVar("T")

BEFORE_ALL = 0
AFTER_ALL = 2**63 - 1


def parse_cursor(cursor: str | None, start: int) -> int:
    """Return the key that a cursor names, or `start` without one.

    Raises:
        InvalidInput: It is no cursor that a page gave.
    """
    if cursor is None:
        return start
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) <= AFTER_ALL):
        raise InvalidInput("this is not a cursor", hint="use the one that the last page gave")
    return int(cursor)


def to_page(rows: Sequence[Row], limit: int, build: Callable[[Row], T]) -> Page[T]:
    """Make a page of at most `limit` items out of up to `limit` + 1 rows that carry a key."""
    shown = rows[:limit]
    more = len(rows) > limit and shown
    return Page(
        items=tuple(build(row) for row in shown),
        next_cursor=str(shown[-1]["key"]) if more else None,
    )
