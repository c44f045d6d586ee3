import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from twind.errors import StoreUnusable
from twind.store.database import in_list
from twind.store.sqlite import SqliteDatabase


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    opened = SqliteDatabase.open(tmp_path / "folder" / "file.db")
    opened.execute("CREATE TABLE words (word TEXT PRIMARY KEY)")
    yield opened
    opened.close()


def add(db: SqliteDatabase, word: str) -> int:
    return db.execute("INSERT INTO words (word) VALUES (:word)", {"word": word})


def fail_after(db: SqliteDatabase, change: Callable[[], object]) -> None:
    """Make a change in a transaction that fails."""
    with db.transaction():
        change()
        raise ZeroDivisionError


def words(db: SqliteDatabase) -> list[str]:
    return [row["word"] for row in db.rows("SELECT word FROM words ORDER BY word")]


def test_an_error_rolls_the_whole_transaction_back(db: SqliteDatabase) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after(db, lambda: add(db, "one"))

    assert words(db) == []


def test_an_inner_error_rolls_back_to_its_own_beginning(db: SqliteDatabase) -> None:
    with db.transaction():
        add(db, "one")
        with pytest.raises(ZeroDivisionError):
            fail_after(db, lambda: add(db, "two"))
        with db.transaction():
            add(db, "three")

    assert words(db) == ["one", "three"]


def test_a_transaction_reads_its_own_changes(db: SqliteDatabase) -> None:
    with db.transaction():
        add(db, "one")

        assert words(db) == ["one"]


def test_each_query_has_its_own_rows(db: SqliteDatabase) -> None:
    asked = "SELECT word FROM words WHERE word > :word ORDER BY word"
    queries = [(asked, {"word": "a"}), (asked, {"word": "p"}), ("SELECT 1 LIMIT 0", {})]
    with db.transaction():
        add(db, "one")
        add(db, "two")
        inside = db.rows_of_each(queries)
    outside = db.rows_of_each(queries)

    found = [[row["word"] for row in rows] for rows in outside]
    assert found == [["one", "two"], ["two"], []]
    assert [len(rows) for rows in inside] == [2, 1, 0]
    assert db.rows_of_each([]) == []


def test_a_reader_does_not_wait_for_the_writer(db: SqliteDatabase) -> None:
    seen: list[list[str]] = []
    with db.transaction():
        add(db, "one")
        reader = threading.Thread(target=lambda: seen.append(words(db)))
        reader.start()
        reader.join(60)

    assert seen == [[]]


def test_a_change_that_is_half_made_is_no_problem(db: SqliteDatabase) -> None:
    db.execute("CREATE TABLE notes (word TEXT REFERENCES words (word))")
    add(db, "one")
    found: list[list[str]] = []
    with db.transaction():
        db.execute("INSERT INTO notes (word) VALUES ('one')")
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("DELETE FROM words")
        checker = threading.Thread(target=lambda: found.append(db.problems()))
        checker.start()
        checker.join(60)
        assert db.problems() == ["a row of notes refers to nothing in words"]
        db.execute("DELETE FROM notes")

    assert found == [[]]


def test_writers_take_turns(db: SqliteDatabase) -> None:
    def write(name: str) -> None:
        for number in range(20):
            with db.transaction():
                add(db, f"{name}{number}")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(words(db)) == 80


def test_more_readers_than_are_kept_read_at_once(db: SqliteDatabase) -> None:
    add(db, "one")
    together = threading.Barrier(12)
    seen: list[list[str]] = []

    def read() -> None:
        together.wait()
        seen.extend(words(db) for _ in range(20))

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [["one"]] * 240


def test_readers_cannot_write(db: SqliteDatabase) -> None:
    with pytest.raises(StoreUnusable, match="can only be read"):
        db.rows("INSERT INTO words (word) VALUES ('one') RETURNING word")


def test_what_waits_for_a_commit_sees_it(db: SqliteDatabase) -> None:
    seen: list[list[str]] = []
    with db.transaction():
        add(db, "one")
        db.after_commit(lambda: seen.append(words(db)))
        assert seen == []

    assert seen == [["one"]]


def test_what_waits_for_a_commit_is_dropped_on_a_roll_back(db: SqliteDatabase) -> None:
    seen: list[str] = []
    with db.transaction():
        with pytest.raises(ZeroDivisionError):
            fail_after(db, lambda: db.after_commit(lambda: seen.append("inner")))
        db.after_commit(lambda: seen.append("outer"))
    with pytest.raises(ZeroDivisionError):
        fail_after(db, lambda: db.after_commit(lambda: seen.append("never")))

    assert seen == ["outer"]


def test_without_a_transaction_there_is_no_commit_to_wait_for(db: SqliteDatabase) -> None:
    seen: list[str] = []

    db.after_commit(lambda: seen.append("now"))

    assert seen == ["now"]


def test_only_the_owner_may_read_the_files(db: SqliteDatabase, tmp_path: Path) -> None:
    add(db, "one")

    files = list((tmp_path / "folder").iterdir())

    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.db").write_text("This is not a database. " * 100)

    with pytest.raises(StoreUnusable) as caught:
        SqliteDatabase.open(tmp_path / "file.db")

    assert caught.value.hint


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreUnusable):
        SqliteDatabase.open(tmp_path / "file" / "file.db")


def test_an_empty_list_matches_nothing(db: SqliteDatabase) -> None:
    add(db, "one")
    wanted, params = in_list("word", [])

    assert db.rows(f"SELECT word FROM words WHERE word IN {wanted}", params) == []
