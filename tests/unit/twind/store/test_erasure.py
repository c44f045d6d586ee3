"""What is deleted stands in no file any more."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.store import (
    SPEC,
    a_live_source,
    a_source,
    default_tenant,
    default_twin,
    indexed,
    open_store,
    vector,
)
from twind.domain.jobs import JobLog
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store, Tenant

PARTS = 40


def word(number: int) -> str:
    """Return a word that only one part has; full text keeps it from its fourth letter on."""
    return f"{number:03}qvx{'bcdfghjkm'[number % 9]}{number:03}"


def traces(folder: Path, *numbers: int) -> set[int]:
    """Return which of the words stand in some file of a store, as a whole or shortened."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {n for n in numbers if any(word(n)[3:].encode() in data for data in files)}


def texts(numbers: range) -> list[str]:
    """Return parts of various length with a word of their own each, and some in common."""
    common = random.Random(7)
    return [
        " ".join(["Bees dance."] * common.randint(1, 60)) + f" {word(number)}"
        for number in numbers
    ]


@contextmanager
def working(store: Store) -> Iterator[None]:
    """Let the store wipe in the background."""
    store.erasure.start()
    try:
        yield
    finally:
        store.erasure.stop()


def test_a_deleted_source_stands_in_no_file(store: Store, tenant: Tenant, tmp_path: Path) -> None:
    gone = a_live_source(tenant, *texts(range(PARTS)), uri="/a.md", title=f"About {word(500)}")
    a_live_source(tenant, *texts(range(PARTS, 2 * PARTS)), uri="/b.md")
    job = tenant.jobs.add("ingest", default_twin(tenant), gone.id, {"title": word(501)})
    tenant.jobs.log(job.id, [JobLog(at=0.0, level="info", message=word(502))])
    numbers = [*range(PARTS), 500, 501, 502]
    assert traces(tmp_path, *numbers) == set(numbers)

    tenant.sources.delete(gone.id)
    assert store.erasure.wipe()

    assert traces(tmp_path, *numbers) == set()
    assert traces(tmp_path, *range(PARTS, 2 * PARTS)) == set(range(PARTS, 2 * PARTS))
    assert len(tenant.index.full_text(default_twin(tenant), "bees", 100)) == PARTS
    assert all(finding.problems == 0 for finding in store.health.check())


def test_an_older_revision_stands_in_no_file(store: Store, tenant: Tenant, tmp_path: Path) -> None:
    for revision in range(4):
        parts = range(revision * PARTS, (revision + 1) * PARTS)
        a_live_source(tenant, *texts(parts), title=f"About {word(500 + revision)}")
        store.erasure.wipe()

    assert traces(tmp_path, *range(3 * PARTS), 500, 501, 502) == set()
    assert traces(tmp_path, *range(3 * PARTS, 4 * PARTS)) == set(range(3 * PARTS, 4 * PARTS))


def test_many_scattered_deletions_leave_nothing(
    store: Store, tenant: Tenant, tmp_path: Path
) -> None:
    ids = [
        a_live_source(tenant, *texts(range(9 * n, 9 * n + 9)), uri=f"/{n}.md").id
        for n in range(100)
    ]
    chance = random.Random(3)
    gone = chance.sample(range(100), 60)

    for number in gone:
        tenant.sources.delete(ids[number])
        if chance.random() < 0.2:
            store.erasure.wipe()
    store.erasure.wipe()

    assert traces(tmp_path, *(9 * n + part for n in gone for part in range(9))) == set()
    assert tenant.chunks.count() == 40 * 9


def test_a_deleted_twin_stands_in_no_file(store: Store, tenant: Tenant, tmp_path: Path) -> None:
    other = tenant.twins.create("other", "Other").id
    a_live_source(tenant, *texts(range(PARTS)), twin=other)
    tenant.conversations.start(other, word(500))

    tenant.twins.delete(other)
    store.erasure.wipe()

    assert traces(tmp_path, *range(PARTS), 500) == set()


def test_a_vector_of_a_deleted_source_stands_in_no_file(
    store: Store, tenant: Tenant, tmp_path: Path
) -> None:
    generation = tenant.generations.start(SPEC)
    told = "aaaaaaaeeeeeiioo"
    gone = a_live_source(tenant, told, uri="/a.md", generation=generation)
    a_live_source(tenant, "Bees dance.", uri="/b.md", generation=generation)

    def is_kept(text: str) -> bool:
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        return any(vector(text) in data for data in files)

    assert is_kept(told)
    tenant.sources.delete(gone.id)
    store.erasure.wipe()

    assert not is_kept(told)
    assert is_kept("Bees dance.")


def test_what_is_deleted_is_wiped_in_the_background(
    store: Store, tenant: Tenant, tmp_path: Path
) -> None:
    with working(store):
        for revision in range(3):
            source = a_live_source(tenant, *texts(range(PARTS)), uri=f"/{revision}.md")
            tenant.sources.delete(source.id)

            assert store.erasure.wait(30)

            assert traces(tmp_path, *range(PARTS)) == set()


def test_what_a_killed_daemon_left_is_wiped_at_the_start(tmp_path: Path) -> None:
    first = open_store(tmp_path)
    tenant = default_tenant(first)
    tenant.sources.delete(a_live_source(tenant, *texts(range(PARTS))).id)
    assert traces(tmp_path, *range(PARTS))

    second = open_store(tmp_path)
    with working(second):
        assert second.erasure.wait(30)

    assert traces(tmp_path, *range(PARTS)) == set()
    second.close()
    first.close()


def test_a_reader_that_needs_the_log_is_waited_for(tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "twinctl.db")
    db.execute("CREATE TABLE notes (text TEXT)")
    db.execute("INSERT INTO notes VALUES ('bees')")
    db.connection.execute("PRAGMA busy_timeout = 0")
    reader = SqliteDatabase.open(tmp_path / "twinctl.db")
    with reader.transaction():
        reader.rows("SELECT text FROM notes")
        assert not db.empty_log()

    assert db.empty_log()

    reader.close()
    db.close()


def test_a_source_that_was_never_indexed_leaves_no_bytes(
    store: Store, tenant: Tenant, tmp_path: Path
) -> None:
    source = a_source(tenant)
    tenant.sources.add(
        source.twin_id, source.kind, source.uri, "A", incoming=indexed(tenant, word(1)).blob
    )
    assert traces(tmp_path, 1) == {1}

    tenant.sources.delete(source.id)
    store.erasure.wipe()

    assert traces(tmp_path, 1) == set()


@pytest.mark.parametrize("limit_s", [0.0, 0.01])
def test_nobody_waits_longer_than_wanted(store: Store, limit_s: float) -> None:
    assert not store.erasure.wait(limit_s)
