import threading
import time

from tests.support.store import a_source
from twind.domain.jobs import MAX_ATTEMPTS, Failure, Job, JobStatus
from twind.domain.sources import SourceStatus
from twind.store.store import Tenant

FAILURE = Failure(code="no_text", message="There is no text in it.")


def a_job(tenant: Tenant, uri: str = "/a.md") -> Job:
    source = a_source(tenant, uri)
    return tenant.jobs.add("ingest", source.twin_id, source.id)


def claim(tenant: Tenant, owner: str = "me", now: float | None = None) -> Job:
    job = tenant.leases.claim(owner, 30, now)
    assert job is not None
    return job


def test_the_oldest_job_is_claimed_first(tenant: Tenant) -> None:
    made = [a_job(tenant, f"/{number}.md").id for number in range(3)]

    claimed = [claim(tenant) for _ in made]

    assert [job.id for job in claimed] == made
    assert {(job.status, job.attempts) for job in claimed} == {(JobStatus.RUNNING, 1)}
    assert tenant.leases.claim("me", 30) is None


def test_one_job_of_a_source_runs_at_a_time(tenant: Tenant) -> None:
    first = a_job(tenant)
    claim(tenant)
    second = a_job(tenant)
    other = a_job(tenant, "/b.md")

    assert claim(tenant).id == other.id
    assert tenant.leases.claim("me", 30) is None
    tenant.leases.succeed(first.id, "me")
    assert claim(tenant).id == second.id


def test_many_claimers_never_get_one_job_twice(tenant: Tenant) -> None:
    made = {a_job(tenant, f"/{number}.md").id for number in range(40)}
    claimed: list[str] = []

    def work(owner: str) -> None:
        while (job := tenant.leases.claim(owner, 30)) is not None:
            claimed.append(job.id)
            assert tenant.leases.succeed(job.id, owner)

    threads = [threading.Thread(target=work, args=(f"owner{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(claimed) == 40
    assert set(claimed) == made


def test_only_the_holder_of_the_lease_settles(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)

    assert not tenant.leases.succeed(job.id, "other")
    assert not tenant.leases.fail(job.id, "other", FAILURE)
    assert not tenant.leases.fail(job.id, "other", FAILURE, retry_at=0.0)
    assert not tenant.leases.cancelled(job.id, "other")
    assert not tenant.leases.release(job.id, "other")
    assert not tenant.leases.report(job.id, "other", 1, 2)
    assert not tenant.leases.heartbeat(job.id, "other", 30).ours
    assert tenant.jobs.get(job.id) == job
    assert tenant.leases.succeed(job.id, "me")
    assert not tenant.leases.succeed(job.id, "me")


def test_a_heartbeat_tells_of_a_cancellation(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)
    assert not tenant.leases.heartbeat(job.id, "me", 30).cancel_requested

    tenant.jobs.cancel(job.id)

    beat = tenant.leases.heartbeat(job.id, "me", 30)
    assert (beat.ours, beat.cancel_requested) == (True, True)


def test_progress_is_of_the_attempt_that_runs(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)
    tenant.leases.report(job.id, "me", 3, 7)
    assert (tenant.jobs.get(job.id).done, tenant.jobs.get(job.id).total) == (3, 7)

    tenant.leases.release(job.id, "me")

    again = claim(tenant)
    assert (again.done, again.total) == (0, None)


def test_a_failure_that_may_pass_waits_for_its_time(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)
    later = time.time() + 100

    assert tenant.leases.fail(job.id, "me", FAILURE, retry_at=later)

    waiting = tenant.jobs.get(job.id)
    assert (waiting.status, waiting.error, waiting.attempts) == (JobStatus.QUEUED, FAILURE, 1)
    assert tenant.sources.get(job.source_id or "").status is SourceStatus.PROCESSING
    assert tenant.leases.claim("me", 30) is None
    assert claim(tenant, now=later).attempts == 2


def test_a_job_that_was_interrupted_loses_no_attempt(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant)

    assert tenant.leases.release(job.id, "me")

    assert tenant.jobs.get(job.id).status is JobStatus.QUEUED
    assert claim(tenant).attempts == 1


def test_a_lost_lease_is_taken_back(tenant: Tenant) -> None:
    a_job(tenant)
    start = time.time()
    job = claim(tenant, now=start)

    assert tenant.leases.recover(start + 29) == 0
    assert tenant.leases.heartbeat(job.id, "me", 30, now=start + 29).ours
    assert tenant.leases.recover(start + 31) == 0
    assert tenant.leases.recover(start + 60) == 1
    assert not tenant.leases.succeed(job.id, "me")
    assert claim(tenant, "other").attempts == 2


def test_a_new_daemon_takes_back_what_the_old_one_ran(tenant: Tenant) -> None:
    a_job(tenant, "/a.md")
    a_job(tenant, "/b.md")
    ran = [claim(tenant, "one"), claim(tenant, "two")]

    assert tenant.leases.recover() == 2

    assert {tenant.jobs.get(job.id).status for job in ran} == {JobStatus.QUEUED}


def test_a_job_that_keeps_killing_the_daemon_fails(tenant: Tenant) -> None:
    a_job(tenant)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert claim(tenant, "old").attempts == attempt
        tenant.leases.recover()

    (failed,) = tenant.jobs.list()
    source = tenant.sources.get(failed.source_id or "")
    assert failed.status is JobStatus.FAILED
    assert failed.error is not None
    assert "stopped" in failed.error.message
    assert (source.status, source.error) == (SourceStatus.FAILED, failed.error)


def test_a_job_that_was_to_end_is_not_begun_again(tenant: Tenant) -> None:
    a_job(tenant)
    job = claim(tenant, "old")
    tenant.jobs.cancel(job.id)

    tenant.leases.recover()

    assert tenant.jobs.get(job.id).status is JobStatus.CANCELLED


def test_a_newer_job_of_the_source_takes_over(tenant: Tenant) -> None:
    a_job(tenant)
    old = claim(tenant, "old")
    newer = a_job(tenant)

    tenant.leases.recover()

    assert tenant.jobs.get(old.id).status is JobStatus.CANCELLED
    assert tenant.sources.get(newer.source_id or "").status is SourceStatus.PROCESSING
    assert claim(tenant).id == newer.id
