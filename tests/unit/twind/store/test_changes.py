"""Every change of a job or source is told once it is committed, and none that is undone."""

import pytest

from tests.support.store import a_live_source, a_source, default_twin
from twind.domain.jobs import Failure, JobLog
from twind.errors import NotFound
from twind.store.changes import Change
from twind.store.store import Store, Tenant

FAILURE = Failure(code="x", message="x")


@pytest.fixture
def told(store: Store) -> list[Change]:
    """Return the list that changes are told to."""
    changes: list[Change] = []
    store.changes.listen(changes.append)
    return changes


def ids(told: list[Change]) -> set[tuple[str, str]]:
    """Return what was told since this was last asked."""
    found: set[tuple[str, str]] = {(change.kind, change.id) for change in told}
    told.clear()
    return found


def test_a_source_is_told_of_from_its_beginning_to_its_end(
    tenant: Tenant, told: list[Change]
) -> None:
    source = a_live_source(tenant, "Granite.")
    assert ids(told) == {("source", source.id)}
    tenant.sources.fail(source.id, FAILURE)
    assert ids(told) == {("source", source.id)}
    tenant.sources.delete(source.id)
    assert told == [
        Change(kind="source", tenant_id=tenant.id, twin_id=source.twin_id, id=source.id)
    ]


def test_a_job_is_told_of_from_its_beginning_to_its_end(
    tenant: Tenant, told: list[Change]
) -> None:
    source = a_source(tenant)
    job = tenant.jobs.add("work", source.twin_id, source.id)
    assert ids(told) == {("source", source.id), ("job", job.id)}
    tenant.leases.claim("me", 30)
    assert ids(told) == {("job", job.id)}
    tenant.leases.report(job.id, "me", 1, 2)
    assert ids(told) == {("job", job.id)}
    tenant.jobs.log(job.id, [JobLog(at=0.0, level="info", message="x")])
    assert ids(told) == {("job", job.id)}
    tenant.jobs.cancel(job.id)
    assert ids(told) == {("job", job.id)}
    tenant.leases.cancelled(job.id, "me")
    assert ids(told) == {("source", source.id), ("job", job.id)}


def test_what_goes_with_its_twin_is_told_too(
    store: Store, tenant: Tenant, told: list[Change]
) -> None:
    twin = tenant.twins.create("stones", "Stones").id
    source = a_live_source(tenant, "Granite.", twin=twin)
    job = tenant.jobs.add("work", twin, source.id)
    told.clear()
    tenant.twins.delete(twin)
    assert ids(told) == {("job", job.id)}
    store.erasure.wipe()
    assert ids(told) == {("source", source.id)}


def test_nothing_is_told_before_the_commit_nor_of_what_is_undone(
    tenant: Tenant, told: list[Change]
) -> None:
    with tenant.transaction():
        kept = a_source(tenant, "/kept.md")
        with pytest.raises(NotFound):
            tenant.jobs.add("work", kept.twin_id, "src_none")
        assert told == []
    assert ids(told) == {("source", kept.id)}


def test_other_changes_are_nobodys_news(tenant: Tenant, told: list[Change]) -> None:
    tenant.conversations.start(default_twin(tenant), "Hello")
    assert told == []
