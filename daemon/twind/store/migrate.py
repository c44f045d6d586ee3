"""Brings a database to the newest schema: each numbered file once, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twind.errors import StoreUnusable
from twind.store.driver import import_alone, load_driver

FOLDER = Path(__file__).parent / "migrations"


def migrate(connection: Any, folder: Path = FOLDER) -> None:
    """Apply the `*.sql` files of a folder that a database has not seen, in order of their names.

    Raises:
        StoreUnusable: A file failed; nothing of it is left.
    """
    sqlite_utils = import_alone("sqlite_utils")
    driver = load_driver()
    migrations = sqlite_utils.Migrations("twind")
    for file in sorted(folder.glob("*.sql")):
        migrations(name=file.stem)(_runner(statements(file.read_text(encoding="utf-8"))))
    try:
        migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))
    except driver.Error as error:
        raise StoreUnusable(
            f"the database could not be brought up to date: {error}",
            hint="it was left as it was; install the version that wrote it, or restore a copy",
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
