import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.migrations.schema import SNAPSHOT, schema
from tests.support.store import a_live_source, default_tenant, open_store
from twind.errors import StoreUnusable
from twind.store.migrate import FOLDER, migrate
from twind.store.sqlite import SqliteDatabase


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase.open(tmp_path / "file.db")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The migrations, and one more that fails half-way."""
    copy = Path(shutil.copytree(FOLDER, tmp_path / "migrations"))
    (copy / "9999_broken.sql").write_text(
        "CREATE TABLE half (word TEXT);\nINSERT INTO nowhere VALUES (1);\n"
    )
    return copy


def applied(db: SqliteDatabase) -> list[str]:
    return [row["name"] for row in db.rows("SELECT name FROM _sqlite_migrations ORDER BY id")]


def test_the_snapshot_is_what_the_migrations_make(db: SqliteDatabase) -> None:
    migrate(db.connection)

    written = SNAPSHOT.read_text(encoding="utf-8")

    assert schema(db) == written, "run `python -m tests.migrations.schema`"


def test_migrating_again_changes_nothing(db: SqliteDatabase) -> None:
    migrate(db.connection)
    before = schema(db), applied(db)

    migrate(db.connection)

    assert (schema(db), applied(db)) == before


def test_a_migration_that_fails_leaves_nothing(db: SqliteDatabase, folder: Path) -> None:
    with pytest.raises(StoreUnusable) as caught:
        migrate(db.connection, folder)

    assert caught.value.hint
    assert applied(db) == [file.stem for file in sorted(FOLDER.glob("*.sql"))]
    assert schema(db) == SNAPSHOT.read_text(encoding="utf-8")


def test_a_mended_migration_is_applied(db: SqliteDatabase, folder: Path) -> None:
    with pytest.raises(StoreUnusable):
        migrate(db.connection, folder)
    (folder / "9999_broken.sql").write_text("CREATE TABLE whole (word TEXT);\n")

    migrate(db.connection, folder)

    assert applied(db)[-1] == "9999_broken"
    assert db.rows("SELECT word FROM whole") == []


def test_what_is_stored_survives_opening_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    source = a_live_source(default_tenant(store), "Bees dance.")
    store.close()

    again = open_store(tmp_path)

    assert default_tenant(again).sources.get(source.id) == source
    assert again.size_bytes() > 0
    again.close()


def test_migrations_are_numbered() -> None:
    numbers = [int(file.name[:4]) for file in sorted(FOLDER.glob("*.sql"))]

    assert numbers == list(range(1, len(numbers) + 1))
