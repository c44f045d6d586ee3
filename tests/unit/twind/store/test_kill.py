"""A process that is killed in the middle of a change leaves all of it or nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.dying_store import a_store_to_die_in
from tests.support.store import SPEC, default_tenant, default_twin, open_store, vector
from twind.domain.sources import SourceStatus

ROOT = Path(__file__).parents[4]
KILLED = 9


def work_and_die(folder: Path, work: str, changes: int) -> int:
    return subprocess.run(
        [sys.executable, "-m", "tests.support.dying_store", str(folder), work, str(changes)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'daemon'}{os.pathsep}{ROOT}"},
        check=False,
    ).returncode


def state(folder: Path) -> list[str]:
    """Return the texts of all live chunks, once every table and index agrees about them."""
    store = open_store(folder)
    assert [finding.problems for finding in store.health.check()] == [0] * 4
    tenant = default_tenant(store)
    twin, generation = default_twin(tenant), tenant.generations.start(SPEC)
    sources = tenant.sources.list(twin).items
    chunks = [chunk for source in sources for chunk in tenant.chunks.of_source(source.id)]
    found = tenant.index.full_text(twin, "title", 9)
    near = tenant.index.nearest(twin, generation.key, vector("x"), 9)
    files = [path.name for path in (folder / "blobs").rglob("*") if path.is_file()]
    store.close()
    assert all(source.status is SourceStatus.LIVE for source in sources)
    assert {key for key, _ in found} == {key for key, _ in near} == {c.key for c in chunks}
    assert files == [source.blob_hash for source in sources]
    return [chunk.text for chunk in chunks]


@pytest.mark.parametrize("changes", [0, 1, 2, 3, 5, 7, 9])
def test_a_swap_that_is_killed_leaves_the_old_content(tmp_path: Path, changes: int) -> None:
    a_store_to_die_in(tmp_path)

    assert work_and_die(tmp_path, "swap", changes) == KILLED

    assert state(tmp_path) == ["Bees dance.", "Wasps do not."]


@pytest.mark.parametrize("changes", [1, 3, 5])
def test_a_deletion_that_is_killed_leaves_everything(tmp_path: Path, changes: int) -> None:
    a_store_to_die_in(tmp_path)

    assert work_and_die(tmp_path, "delete", changes) == KILLED

    assert state(tmp_path) == ["Bees dance.", "Wasps do not."]


@pytest.mark.parametrize("changes", range(6, 14))
def test_a_deletion_that_is_killed_at_any_point_leaves_everything_or_nothing(
    tmp_path: Path, changes: int
) -> None:
    a_store_to_die_in(tmp_path)

    assert work_and_die(tmp_path, "delete", changes) == KILLED

    assert state(tmp_path) in (["Bees dance.", "Wasps do not."], [])


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    a_store_to_die_in(tmp_path)

    assert work_and_die(tmp_path, "swap", 1000) == 0
    assert state(tmp_path) == ["Ants march."]
    assert work_and_die(tmp_path, "delete", 1000) == 0
    assert state(tmp_path) == []
