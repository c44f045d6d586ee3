"""What the tables ask of a database engine.

SQL above this port is portable: named parameters (`:name`), `RETURNING` and `ON CONFLICT`.
Schema and index are written for each engine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Params = Mapping[str, Any]
Row = Mapping[str, Any]
Query = tuple[str, Params]


class Database(Protocol):
    """A relational database with one writer at a time."""

    def rows(self, sql: str, params: Params | None = None) -> list[Row]:
        """Return all rows of a query; inside a transaction also of a change with `RETURNING`."""
        ...

    def rows_of_each(self, queries: Sequence[Query]) -> list[list[Row]]:
        """Return all rows of each query; they are looked for side by side."""
        ...

    def execute(self, sql: str, params: Params | None = None) -> int:
        """Run one statement and return the number of rows that it changed."""
        ...

    def executemany(self, sql: str, params: Iterable[Params]) -> int:
        """Run one statement for each set of parameters; return how many rows changed in all."""
        ...

    def delete_everywhere(self, column: str, value: str) -> None:
        """Delete the rows of every table that has this column with this value.

        In a transaction, at the end of which no row that is left may refer to one of them.
        """
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing: commit at the end, roll back on an error; nests by savepoints.

        It holds the one writer. Reads inside it see its own changes.

        Raises:
            StoreUnusable: The file cannot be written now, as on a full disk; nothing changed.
        """
        ...

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once the transaction is committed, before the next one; else at once."""
        ...


def in_list(name: str, values: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """Return `(:name0, :name1, …)` for an `IN` and its parameters; no values match nothing."""
    params = {f"{name}{n}": value for n, value in enumerate(values)}
    return f"({', '.join(f':{key}' for key in params) or 'NULL'})", params
