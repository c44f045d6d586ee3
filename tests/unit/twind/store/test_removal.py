"""A deleted twin is gone at once; what it had goes little by little, whatever happens."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support.store import (
    SPEC,
    a_live_source,
    a_source,
    default_twin,
    indexed,
    open_store,
    vector,
)
from twind.domain.conversations import Role
from twind.domain.jobs import JobLog, JobStatus
from twind.domain.sources import Removed
from twind.errors import NotFound
from twind.store.store import Store, Tenant

ROOT = Path(__file__).parents[4]
KILLED = 9
SOURCES = 250


def a_big_twin(tenant: Tenant, slug: str = "big") -> str:
    """Return a twin that takes several steps to remove."""
    twin = tenant.twins.create(slug, slug.title()).id
    generation = tenant.generations.start(SPEC)
    with tenant.transaction():
        for n in range(SOURCES):
            source = a_live_source(
                tenant, f"Bees dance {slug}{n}.", uri=f"/{n}.md", twin=twin, generation=generation
            )
            job = tenant.jobs.add("ingest", twin, source.id, {"title": f"{slug}{n}"})
            tenant.jobs.log(job.id, [JobLog(at=0.0, level="info", message=f"read {slug}{n}")])
            chat = tenant.conversations.start(twin, f"{slug}{n}")
            tenant.conversations.add(chat.id, Role.USER, f"Who is {slug}{n}?")
    return twin


def holders(folder: Path, word: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]


def test_nothing_of_a_deleted_twin_is_seen_before_anything_is_removed(tenant: Tenant) -> None:
    twin = a_big_twin(tenant)
    source = tenant.sources.list(twin).items[0]
    (chunk,) = tenant.chunks.of_source(source.id)
    chat = tenant.conversations.list(twin).items[0]
    generation = tenant.generations.start(SPEC)

    assert tenant.twins.delete("big") == Removed(sources=SOURCES, chunks=SOURCES)

    assert [each.slug for each in tenant.twins.list()] == ["default"]
    assert (tenant.twins.count(), tenant.sources.count(), tenant.chunks.count()) == (1, 0, 0)
    assert tenant.sources.some([source.id]) == {}
    assert tenant.index.full_text(twin, "bees", 5) == []
    assert tenant.index.nearest(twin, generation.key, vector(chunk.text), 5) == []
    for look, name in (
        (tenant.twins.get, "big"),
        (tenant.twins.get, twin),
        (tenant.sources.get, source.id),
        (tenant.conversations.get, chat.id),
    ):
        with pytest.raises(NotFound):
            look(name)


def test_nothing_is_added_to_a_deleted_twin(tenant: Tenant) -> None:
    twin = tenant.twins.create("ada", "Ada").id
    source = a_source(tenant, twin=twin)
    content = indexed(tenant, "Bees dance.")

    tenant.twins.delete(twin)

    for add in (
        lambda: a_source(tenant, "/late.md", twin=twin),
        lambda: tenant.sources.swap(source.id, content),
        lambda: tenant.jobs.add("work", twin),
        lambda: tenant.conversations.start(twin, "Late"),
    ):
        with pytest.raises(NotFound):
            add()


def test_jobs_of_a_deleted_twin_end(tenant: Tenant) -> None:
    twin = tenant.twins.create("ada", "Ada").id
    running = tenant.jobs.add("work", twin, a_source(tenant, "/a.md", twin=twin).id)
    assert tenant.leases.claim("me", 30) is not None
    waiting = tenant.jobs.add("work", twin, a_source(tenant, "/b.md", twin=twin).id)
    other = tenant.jobs.add("work", default_twin(tenant))

    tenant.twins.delete(twin)

    assert tenant.jobs.cancel_requested(running.id)
    assert tenant.jobs.get(waiting.id).status is JobStatus.CANCELLED
    assert tenant.jobs.get(other.id).status is JobStatus.QUEUED


def test_a_big_twin_goes_in_steps_and_leaves_nothing(
    store: Store, tenant: Tenant, tmp_path: Path
) -> None:
    a_big_twin(tenant, "zebra")
    generation = tenant.generations.start(SPEC)
    stays = a_live_source(tenant, "Wasps do not.", generation=generation)
    tenant.twins.delete("zebra")
    steps = 0
    while store.removal.step():
        steps += 1
        assert a_source(tenant, f"/{steps}.md").twin_id == default_twin(tenant)
        assert all(finding.problems == 0 for finding in store.health.check())
    assert steps > 5

    assert store.erasure.wipe()

    assert holders(tmp_path, "zebra") == []
    assert [each.text for each in tenant.chunks.of_source(stays.id)] == ["Wasps do not."]
    assert {job.status for job in tenant.jobs.list(limit=SOURCES)} == {JobStatus.CANCELLED}


def test_a_slug_is_free_while_its_last_twin_is_removed(store: Store, tenant: Tenant) -> None:
    a_big_twin(tenant)
    tenant.twins.delete("big")
    again = tenant.twins.create("big", "Big").id
    kept = a_live_source(tenant, "Bees dance again.", uri="/1.md", twin=again)

    store.erasure.wipe()

    assert tenant.twins.get("big").id == again
    assert [key for key, _ in tenant.index.full_text(again, "bees", 5)] == [
        chunk.key for chunk in tenant.chunks.of_source(kept.id)
    ]


def test_bytes_that_another_twin_has_too_stay(store: Store, tenant: Tenant) -> None:
    other = tenant.twins.create("other", "Other").id
    a_live_source(tenant, "Bees dance.", twin=other)
    kept = a_live_source(tenant, "Bees dance.")
    tenant.twins.delete(other)

    store.erasure.wipe()

    assert kept.blob_hash is not None
    assert tenant.blobs.get(kept.blob_hash).path.read_bytes() == b"Bees dance."


def test_a_tenant_goes_in_steps_as_well(store: Store, tenant: Tenant, tmp_path: Path) -> None:
    other = store.create_tenant("other")
    twin = default_twin(other)
    other.verified.add(twin, "Who is a quagga?", "A quagga is a zebra.")
    other.watches.add(twin, "/quagga")
    a_big_twin(other, "quagga")
    stays = a_live_source(tenant, "Bees dance.")

    store.tenants.leave("other")
    store.erasure.wipe()

    assert holders(tmp_path, "quagga") == []
    assert tenant.sources.get(stays.id).chunks == 1
    assert store.create_tenant("other").sources.count() == 0


def test_others_write_while_a_big_twin_is_removed(store: Store, tenant: Tenant) -> None:
    a_big_twin(tenant)
    store.erasure.start()
    wiped = threading.Event()

    def wait() -> None:
        assert store.erasure.wait(60)
        wiped.set()

    waiting = threading.Thread(target=wait)
    tenant.twins.delete("big")
    waiting.start()
    try:
        written = [a_source(tenant, f"/{n}.md") for n in range(20)]
    finally:
        waiting.join(60)
        store.erasure.stop()

    assert wiped.is_set()
    assert tenant.sources.count() == len(written)


def die_over(folder: Path, changes: int) -> int:
    return subprocess.run(
        [sys.executable, "-m", "tests.support.dying_store", str(folder), "wipe", str(changes)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'daemon'}{os.pathsep}{ROOT}"},
        check=False,
    ).returncode


def test_a_removal_that_is_killed_again_and_again_comes_to_its_end(tmp_path: Path) -> None:
    first = open_store(tmp_path)
    tenant = first.tenant("default")
    a_big_twin(tenant, "zebra")
    tenant.twins.delete("zebra")
    first.close()

    deaths = [die_over(tmp_path, changes) for changes in (0, 1, 2, 3, 5, 8, 13, 21)]
    assert set(deaths) == {KILLED}
    assert die_over(tmp_path, 100_000) == 0

    store = open_store(tmp_path)
    assert store._db.problems() == []
    assert all(finding.problems == 0 for finding in store.health.check())
    store.close()
    assert holders(tmp_path, "zebra") == []
