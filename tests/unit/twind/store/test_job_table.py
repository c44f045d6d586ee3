import pytest

from tests.support.store import a_live_source, a_source
from twind.domain.jobs import Failure, Job, JobLog, JobStatus
from twind.domain.sources import SourceStatus
from twind.errors import Conflict, NotFound
from twind.store.store import Tenant

FAILURE = Failure(code="no_text", message="There is no text in it.")


def a_job(tenant: Tenant, uri: str = "/a.md") -> Job:
    source = a_source(tenant, uri)
    return tenant.jobs.add("ingest", source.twin_id, source.id, {"again": False})


def claim(tenant: Tenant) -> Job:
    job = tenant.leases.claim("me", 30)
    assert job is not None
    return job


def test_a_job_comes_back_as_it_was_added(tenant: Tenant, twin: str) -> None:
    source = a_source(tenant)

    job = tenant.jobs.add("ingest", twin, source.id, {"title": "Bées"})

    assert tenant.jobs.get(job.id) == job
    assert (job.status, job.attempts, job.payload) == (JobStatus.QUEUED, 0, {"title": "Bées"})
    assert (job.twin_id, job.source_id) == (twin, source.id)
    assert (job.done, job.total) == (0, None)


def test_a_source_has_one_queued_job_of_a_kind(tenant: Tenant) -> None:
    job = a_job(tenant)

    again = tenant.jobs.add("ingest", job.twin_id, job.source_id, {"again": True})

    assert again.id == job.id
    assert again.payload == {"again": True}
    assert tenant.jobs.add("other", job.twin_id, job.source_id).id != job.id


def test_a_running_job_lets_another_be_queued(tenant: Tenant) -> None:
    job = a_job(tenant)
    claim(tenant)

    assert a_job(tenant).id != job.id


def test_one_job_of_a_kind_without_a_source_waits(tenant: Tenant) -> None:
    first = tenant.jobs.add("vectors")

    assert tenant.jobs.add("vectors").id == first.id
    assert tenant.jobs.add("other").id != first.id


def test_jobs_are_listed_from_new_to_old(tenant: Tenant) -> None:
    made = [a_job(tenant, f"/{number}.md") for number in range(3)]

    first = tenant.jobs.list(limit=2)
    rest = tenant.jobs.list(limit=2, cursor=first.next_cursor)

    assert [*first, *rest] == made[::-1]


def test_jobs_can_be_of_one_status(tenant: Tenant) -> None:
    a_job(tenant, "/a.md")
    a_job(tenant, "/b.md")
    claimed = claim(tenant)

    assert [job.id for job in tenant.jobs.list(status=JobStatus.RUNNING)] == [claimed.id]


def test_jobs_can_be_of_some_twins(tenant: Tenant, twin: str) -> None:
    other = tenant.twins.create("other", "Other")
    ours = a_job(tenant, "/a.md")
    theirs = tenant.jobs.add("watch", other.id)
    tenant.jobs.add("vectors")

    assert list(tenant.jobs.list(twins=[twin])) == [ours]
    assert list(tenant.jobs.list(twins=[twin, other.id])) == [theirs, ours]
    assert len(tenant.jobs.list()) == 3


def test_jobs_are_found_by_their_ids(tenant: Tenant) -> None:
    one, other = a_job(tenant, "/a.md"), a_job(tenant, "/b.md")

    assert tenant.jobs.some([other.id, "job_none", one.id]) == {one.id: one, other.id: other}
    assert tenant.jobs.some([]) == {}


def test_jobs_are_counted_by_status(tenant: Tenant) -> None:
    a_job(tenant, "/a.md")
    a_job(tenant, "/b.md")
    claim(tenant)

    counts = tenant.jobs.counts()

    assert (counts[JobStatus.QUEUED], counts[JobStatus.RUNNING]) == (1, 1)
    assert counts[JobStatus.FAILED] == 0


def test_a_log_is_read_in_pages_from_the_beginning(tenant: Tenant) -> None:
    job = a_job(tenant)
    lines = [JobLog(at=float(n), level="info", message=str(n)) for n in range(3)]

    assert tenant.jobs.log(job.id, lines) == 3

    first = tenant.jobs.logs(job.id, limit=2)
    rest = tenant.jobs.logs(job.id, limit=2, cursor=first.next_cursor)
    assert [*first, *rest] == lines


def test_a_queued_job_is_cancelled_at_once(tenant: Tenant) -> None:
    job = tenant.jobs.cancel(a_job(tenant).id)

    assert job.status is JobStatus.CANCELLED
    assert job.finished_at is not None
    source = tenant.sources.get(job.source_id or "")
    assert source.status is SourceStatus.FAILED
    assert source.error is not None
    assert source.error.code == "cancelled"


def test_a_running_job_is_asked_to_end(tenant: Tenant) -> None:
    a_job(tenant)

    job = tenant.jobs.cancel(claim(tenant).id)

    assert (job.status, job.cancel_requested) == (JobStatus.RUNNING, True)
    assert tenant.jobs.cancel_requested(job.id)


def test_what_has_ended_cannot_be_cancelled(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)
    tenant.leases.succeed(job.id, "me")

    with pytest.raises(Conflict):
        tenant.jobs.cancel(job.id)


def test_a_failed_job_can_be_tried_again(tenant: Tenant) -> None:
    a_job(tenant)
    failed = claim(tenant)
    tenant.leases.fail(failed.id, "me", FAILURE)

    job = tenant.jobs.retry(failed.id)

    assert (job.status, job.attempts, job.error) == (JobStatus.QUEUED, 0, None)
    source = tenant.sources.get(job.source_id or "")
    assert (source.status, source.error) == (SourceStatus.PROCESSING, None)
    assert claim(tenant).id == job.id


def test_a_cancelled_job_can_be_tried_again(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)
    tenant.jobs.cancel(job.id)
    tenant.leases.cancelled(job.id, "me")

    assert not tenant.jobs.retry(job.id).cancel_requested


def test_trying_again_joins_the_job_that_is_queued_already(tenant: Tenant) -> None:
    a_job(tenant)
    failed = claim(tenant)
    tenant.leases.fail(failed.id, "me", FAILURE)
    queued = a_job(tenant)

    assert tenant.jobs.retry(failed.id).id == queued.id
    assert tenant.sources.get(queued.source_id or "").job_id == queued.id


@pytest.mark.parametrize("status", ["queued", "running", "succeeded"])
def test_only_what_failed_can_be_tried_again(tenant: Tenant, status: str) -> None:
    job = a_job(tenant)
    if status != "queued":
        claim(tenant)
    if status == "succeeded":
        tenant.leases.succeed(job.id, "me")

    with pytest.raises(Conflict):
        tenant.jobs.retry(job.id)


def test_a_job_of_a_deleted_source_cannot_be_tried_again(tenant: Tenant) -> None:
    job = a_job(tenant)
    tenant.sources.delete(job.source_id or "")

    with pytest.raises(NotFound):
        tenant.jobs.retry(job.id)
    assert tenant.jobs.get(job.id).status is JobStatus.CANCELLED


def test_a_failed_attempt_leaves_a_live_source_live(tenant: Tenant, twin: str) -> None:
    source = a_live_source(tenant, "Bees dance.")
    job = tenant.jobs.add("ingest", twin, source.id)
    claim(tenant)

    tenant.leases.fail(job.id, "me", FAILURE)

    now = tenant.sources.get(source.id)
    assert (now.status, now.error) == (SourceStatus.LIVE, FAILURE)


def test_a_job_needs_its_twin_and_source(tenant: Tenant, twin: str) -> None:
    with pytest.raises(NotFound):
        tenant.jobs.add("ingest", twin, "src_none")
    with pytest.raises(NotFound):
        tenant.jobs.add("ingest", "twn_none")
    assert len(tenant.jobs.list()) == 0
