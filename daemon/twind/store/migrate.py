"""Brings a database to the newest schema: each numbered file once, whole or not at all."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twind.errors import StoreUnusable
from twind.store.driver import load_driver

FOLDER = Path(__file__).parent / "migrations"
_OPTIONAL = ("numpy", "pandas")


def migrate(connection: Any, folder: Path = FOLDER) -> None:
    """Apply the `*.sql` files of a folder that a database has not seen, in order of their names.

    Raises:
        StoreUnusable: A file failed; nothing of it is left.
    """
    with _without_optional_parts():
        sqlite_utils = importlib.import_module("sqlite_utils")
    driver = load_driver()
    migrations = sqlite_utils.Migrations("twind")
    for file in sorted(folder.glob("*.sql")):
        migrations(name=file.stem)(_runner(statements(file.read_text(encoding="utf-8"))))
    try:
        migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))
    except driver.Error as error:
        raise StoreUnusable(
            f"The database could not be brought up to date: {error}.",
            hint="It was left as it was; install the version that wrote it, or restore a copy.",
        ) from error


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script."""
    driver = load_driver()
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if driver.complete_statement(pending):
            yield pending.strip()
            pending = ""


def _runner(script: Iterator[str]) -> Any:
    parts = tuple(script)

    def run(database: Any) -> None:
        for statement in parts:
            database.conn.execute(statement)

    return run


@contextmanager
def _without_optional_parts() -> Iterator[None]:
    """Hide big libraries that sqlite-utils imports when it finds them, and does not need."""
    hidden = [name for name in _OPTIONAL if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
