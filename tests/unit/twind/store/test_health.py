from pathlib import Path

import pytest

from tests.support.store import SPEC, a_live_source, default_tenant, default_twin, vector
from twind.errors import StoreDamaged
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store


@pytest.fixture
def damaged(tmp_path: Path, store: Store) -> Store:
    """A store whose indexes lost their rows."""
    tenant = default_tenant(store)
    generation = tenant.generations.start(SPEC)
    a_live_source(tenant, "Bees dance.", "Wasps do not.", generation=generation)
    db = SqliteDatabase.open(tmp_path / "twinctl.db")
    db.execute("DELETE FROM fts_1 WHERE rowid = 1")
    db.execute(f"DELETE FROM vec_{generation.key}")
    db.close()
    return store


def test_a_sound_store_has_no_problems(store: Store) -> None:
    findings = store.health.check()

    assert [(finding.problems, finding.message) for finding in findings] == [(0, "ok")] * 4


def test_lost_index_rows_are_noticed(damaged: Store) -> None:
    problems = {finding.name: finding.problems for finding in damaged.health.check()}

    assert problems == {"database": 0, "full text": 1, "vectors": 2, "embeddings": 0}


def test_a_repair_makes_the_indexes_again(damaged: Store) -> None:
    tenant = default_tenant(damaged)
    twin, generation = default_twin(tenant), tenant.generations.start(SPEC)

    findings = damaged.health.repair()

    assert [finding.problems for finding in findings] == [0] * 4
    assert len(tenant.index.full_text(twin, "bees OR title", 5)) == 2
    assert len(tenant.index.nearest(twin, generation.key, vector("dance"), 5)) == 2


def test_an_index_that_is_broken_is_noticed_told_and_made_again(
    store: Store, tmp_path: Path
) -> None:
    tenant = default_tenant(store)
    for number in range(50):
        a_live_source(tenant, f"Bees dance {number} times.", uri=f"/{number}.md")
    db = SqliteDatabase.open(tmp_path / "twinctl.db")
    db.execute("UPDATE fts_1_data SET block = randomblob(length(block)) WHERE id > 10")
    db.close()

    problems = {finding.name: finding.problems for finding in store.health.check()}
    assert problems == {"database": 0, "full text": 1, "vectors": 0, "embeddings": 0}
    with pytest.raises(StoreDamaged, match="damaged") as caught:
        tenant.index.full_text(default_twin(tenant), "bees", 60)
    assert "twinctl doctor --fix" in (caught.value.hint or "")

    assert [finding.problems for finding in store.health.repair()] == [0] * 4
    assert len(tenant.index.full_text(default_twin(tenant), "bees", 60)) == 50


def test_a_reference_to_nothing_is_noticed(store: Store, tmp_path: Path) -> None:
    db = SqliteDatabase.open(tmp_path / "twinctl.db")
    db.connection.execute("PRAGMA foreign_keys = OFF")
    db.execute("INSERT INTO documents VALUES ('src_none', 'default', 'text')")
    db.close()

    (database, *_) = store.health.check()

    assert database.problems == 1
    assert not database.repairable
    assert "documents" in database.message
