"""The SQLite adapter: one writer connection behind a lock, a few readers that never wait."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Self

from twind.errors import StoreUnusable
from twind.store.database import Params, Query, Row
from twind.store.driver import load_driver, load_vectors
from twind.store.faults import unusable

_BUSY_TIMEOUT_S = 10
_MAPPED_BYTES = 2**30
_LOG_BYTES = 2**26
_IDLE_READERS = 4
_STATEMENTS = 256
_WRITER = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    f"journal_size_limit = {_LOG_BYTES}",
)
_TABLES_WITH = (
    "SELECT t.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c "
    "WHERE t.type = 'table' AND c.name = :column"
)


class SqliteDatabase:
    """A database in one file; see `twind.store.database.Database` for the contract.

    A thread that is inside `transaction` reads through the writer; any other borrows a reader,
    which sees the last committed state and waits for nobody.
    """

    def __init__(self, path: Path) -> None:
        self._driver = load_driver()
        self._path = path
        self._lock = threading.RLock()
        self._holder: int | None = None
        self._actions: list[Callable[[], None]] = []
        self._idle: deque[Any] = deque()
        self._closed = False
        self._threads = ThreadPoolExecutor(thread_name_prefix="database")
        self._writer = self._connect(_WRITER, mode="rwc")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`, made with mode 0600 where there is none.

        Raises:
            StoreUnusable: No usable SQLite, or the file is not a database or cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.chmod(0o600)
            return cls(path)
        except OSError as error:
            raise StoreUnusable(
                f"the database folder cannot be used: {error}", hint="check its permissions"
            ) from error

    @property
    def connection(self) -> Any:
        """The writer itself, for migrations."""
        return self._writer

    def rows(self, sql: str, params: Params | None = None) -> list[Row]:
        """See `Database.rows`."""
        if self._is_inside():
            return self._fetch(self._writer, sql, params)
        with self._telling(), self._reader() as reader:
            return self._fetch(reader, sql, params)

    def rows_of_each(self, queries: Sequence[Query]) -> list[list[Row]]:
        """See `Database.rows_of_each`."""
        if self._is_inside():
            return [self.rows(*query) for query in queries]
        others = [self._threads.submit(self.rows, *query) for query in queries[1:]]
        return [self.rows(*query) for query in queries[:1]] + [one.result() for one in others]

    def execute(self, sql: str, params: Params | None = None) -> int:
        """See `Database.execute`."""
        with self._joined():
            return int(self._writer.execute(sql, params or {}).rowcount)

    def executemany(self, sql: str, params: Iterable[Params]) -> int:
        """See `Database.executemany`."""
        with self._joined():
            return int(self._writer.executemany(sql, params).rowcount)

    def delete_everywhere(self, column: str, value: str) -> None:
        """See `Database.delete_everywhere`."""
        with self._joined():
            self._writer.execute("PRAGMA defer_foreign_keys = ON")
            for table in self._fetch(self._writer, _TABLES_WITH, {"column": column}):
                self._writer.execute(
                    f'DELETE FROM "{table["name"]}" WHERE "{column}" = :value', {"value": value}
                )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Database.transaction`."""
        with self._lock:
            if self._holder is None:
                with self._telling(), self._outermost():
                    yield
            else:
                with self._savepoint():
                    yield

    def after_commit(self, action: Callable[[], None]) -> None:
        """See `Database.after_commit`."""
        if self._is_inside():
            self._actions.append(action)
        else:
            action()

    def problems(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file and with references in it.

        The whole file is read; outside of a transaction, nobody who writes waits for that.
        """
        damage = [row["quick_check"] for row in self.rows("PRAGMA quick_check")]
        broken = self.rows("PRAGMA foreign_key_check")
        return [line for line in damage if line != "ok"] + [
            f"a row of {row['table']} refers to nothing in {row['parent']}" for row in broken
        ]

    def size_bytes(self) -> int:
        """Return what the database and its log take on disk."""
        files = (self._path, self._path.with_name(f"{self._path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def empty_log(self) -> bool:
        """Move what the log holds into the file and leave nothing in it.

        Returns:
            False when a reader still needed it.
        """
        with self._lock, self._telling():
            (row,) = self._fetch(self._writer, "PRAGMA wal_checkpoint(TRUNCATE)", None)
        return not row["busy"]

    def close(self) -> None:
        """Close every connection; the log is folded into the file."""
        self._threads.shutdown()
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()
            self._writer.close()

    def _is_inside(self) -> bool:
        return self._holder == threading.get_ident()

    def _joined(self) -> AbstractContextManager[None]:
        """The transaction that this thread is in, or one of its own."""
        return nullcontext() if self._is_inside() else self.transaction()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell a file that cannot be used as such, and not as a fault of the program."""
        try:
            yield
        except self._driver.Error as error:
            told = unusable(error, self._path)
            if told is None:
                raise
            raise told from error

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        self._holder = threading.get_ident()
        try:
            yield
            self._writer.execute("COMMIT")
        except BaseException:
            self._actions.clear()
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise
        finally:
            self._holder = None
        actions, self._actions = self._actions, []
        for action in actions:
            action()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        registered = len(self._actions)
        self._writer.execute("SAVEPOINT nested")
        try:
            yield
        except BaseException:
            del self._actions[registered:]
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK TO nested")
                self._writer.execute("RELEASE nested")
            raise
        self._writer.execute("RELEASE nested")

    @contextmanager
    def _reader(self) -> Iterator[Any]:
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = self._connect((f"mmap_size = {_MAPPED_BYTES}",), mode="ro")
        try:
            yield reader
        finally:
            if self._closed or len(self._idle) >= _IDLE_READERS:
                reader.close()
            else:
                self._idle.append(reader)

    @staticmethod
    def _fetch(connection: Any, sql: str, params: Params | None) -> list[Row]:
        with closing(connection.execute(sql, params or {})) as cursor:
            found: list[Row] = cursor.fetchall()
        return found

    def _connect(self, pragmas: Iterable[str], *, mode: str) -> Any:
        connection = None
        try:
            connection = self._driver.connect(
                f"{self._path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_BUSY_TIMEOUT_S,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=_STATEMENTS,
            )
            connection.row_factory = self._driver.Row
            load_vectors(connection)
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except self._driver.Error as error:
            with suppress(AttributeError):
                connection.close()  # type: ignore[union-attr]
            raise StoreUnusable(
                f"the database at {self._path} cannot be opened: {error}",
                hint="restore it from a copy, or move it away to start afresh",
            ) from error
        return connection
