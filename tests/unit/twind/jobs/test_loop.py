import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.support.store import a_source, default_twin
from twind.domain.jobs import Failure, Job, JobStatus
from twind.domain.sources import SourceStatus
from twind.errors import Cancelled, ExtractionFailed
from twind.jobs.handler import JobContext, JobHandler, NotYet, Passing
from twind.jobs.loop import JobLoop
from twind.store.store import Store, Tenant

LONG_S = 20.0


class Handler:
    """Does what it is told and remembers what it did."""

    def __init__(self, work: Callable[[Job, JobContext], None] | None = None) -> None:
        self.seen: list[str] = []
        self._work = work

    def __call__(self, job: Job, context: JobContext) -> None:
        self.seen.append(job.id)
        if self._work is not None:
            self._work(job, context)


def a_job(tenant: Tenant, uri: str = "/a.md") -> Job:
    source = a_source(tenant, uri)
    return tenant.jobs.add("work", source.twin_id, source.id)


def run(store: Store, handler: JobHandler) -> None:
    """Run all jobs in this thread."""
    loop = JobLoop(store, {"work": handler})
    while loop.run_once():
        pass


@contextmanager
def running(store: Store, handler: JobHandler, *, workers: int = 16) -> Iterator[JobLoop]:
    loop = JobLoop(store, {"work": handler}, workers=workers)
    loop.start()
    try:
        yield loop
    finally:
        loop.stop(LONG_S)


def wait_until(ready: Callable[[], bool]) -> None:
    """Look again and again, as a client does."""
    limit = time.monotonic() + LONG_S
    while not ready():
        assert time.monotonic() < limit, "it took too long"
        threading.Event().wait(0.01)


def test_a_job_that_is_done_has_succeeded(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        context.check()
        context.report(1, 2)
        context.report(2, 2)
        context.log("info", "Made two.")

    job = a_job(tenant)

    run(store, Handler(work))

    done = tenant.jobs.get(job.id)
    assert (done.status, done.done, done.total) == (JobStatus.SUCCEEDED, 2, 2)
    assert [line.message for line in tenant.jobs.logs(job.id)] == ["Made two."]


def test_an_expected_failure_is_kept_with_its_hint(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise ExtractionFailed("It is broken.", hint="Mend it.")

    job = a_job(tenant)

    run(store, Handler(work))

    failure = Failure(code="corrupt", message="It is broken.", hint="Mend it.")
    failed, source = tenant.jobs.get(job.id), tenant.sources.get(job.source_id or "")
    assert (failed.status, failed.error, failed.attempts) == (JobStatus.FAILED, failure, 1)
    assert (source.status, source.error) == (SourceStatus.FAILED, failure)
    assert [line.level for line in tenant.jobs.logs(job.id)] == ["error"]


def test_an_unexpected_failure_is_kept_with_its_trace(
    store: Store, tenant: Tenant, caplog: pytest.LogCaptureFixture
) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise ZeroDivisionError

    job, next_job = a_job(tenant, "/a.md"), a_job(tenant, "/b.md")
    handler = Handler(work)

    run(store, handler)

    failed = tenant.jobs.get(job.id)
    assert failed.error is not None
    assert failed.error.code == "internal"
    assert "ZeroDivisionError" in failed.error.message
    (line,) = tenant.jobs.logs(job.id)
    assert "Traceback" in line.message
    assert job.id in caplog.text
    assert handler.seen == [job.id, next_job.id]


def test_a_failure_that_may_pass_is_tried_again_later(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise Passing("The model is busy.")

    job = a_job(tenant)

    run(store, Handler(work))

    waiting = tenant.jobs.get(job.id)
    assert (waiting.status, waiting.attempts) == (JobStatus.QUEUED, 1)
    assert waiting.run_at > time.time()
    assert tenant.sources.get(job.source_id or "").status is SourceStatus.PROCESSING


def test_a_failure_that_names_its_wait_is_not_tried_sooner(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise Passing("Too many requests.", after_s=600.0)

    job = a_job(tenant)
    began = time.time()

    run(store, Handler(work))

    assert 600.0 <= tenant.jobs.get(job.id).run_at - began < 660.0


def test_a_kind_that_nobody_knows_fails(store: Store, tenant: Tenant) -> None:
    job = tenant.jobs.add("unheard of")

    run(store, Handler())

    failed = tenant.jobs.get(job.id)
    assert failed.status is JobStatus.FAILED
    assert failed.error is not None
    assert "unheard of" in failed.error.message


def test_cancelling_reaches_the_work(store: Store, tenant: Tenant) -> None:
    begun = threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        while True:
            context.check()

    job = a_job(tenant)
    with running(store, Handler(work)):
        assert begun.wait(LONG_S)
        tenant.jobs.cancel(job.id)
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.CANCELLED)

    source = tenant.sources.get(job.source_id or "")
    assert source.error is not None
    assert source.error.code == "cancelled"


@pytest.mark.parametrize("error", [Cancelled("Enough."), ExtractionFailed("It broke.")])
def test_a_failure_of_cancelled_work_is_no_failure(
    store: Store, tenant: Tenant, error: Exception
) -> None:
    def work(job: Job, context: JobContext) -> None:
        tenant.jobs.cancel(job.id)
        raise error

    job = a_job(tenant)

    run(store, Handler(work))

    assert tenant.jobs.get(job.id).status is JobStatus.CANCELLED


def test_draining_leaves_the_job_for_the_next_daemon(store: Store, tenant: Tenant) -> None:
    begun = threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        while True:
            context.check()

    job = a_job(tenant)
    loop = JobLoop(store, {"work": Handler(work)})
    loop.start()
    assert begun.wait(LONG_S)

    assert loop.stop(LONG_S)

    queued = tenant.jobs.get(job.id)
    assert (queued.status, queued.attempts, queued.error) == (JobStatus.QUEUED, 0, None)


def test_draining_does_not_wait_for_ever(store: Store, tenant: Tenant) -> None:
    begun, done = threading.Event(), threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        done.wait(LONG_S)

    a_job(tenant)
    loop = JobLoop(store, {"work": Handler(work)})
    loop.start()
    assert begun.wait(LONG_S)

    assert not loop.stop(0.05)

    done.set()
    assert loop.stop(LONG_S)


def test_a_new_daemon_runs_what_the_old_one_left(store: Store, tenant: Tenant) -> None:
    job = a_job(tenant)
    tenant.leases.claim("dead", 1000)

    with running(store, Handler()):
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)

    assert tenant.jobs.get(job.id).attempts == 2


def test_a_notified_loop_begins_at_once(store: Store, tenant: Tenant) -> None:
    begun = threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()

    with running(store, Handler(work)) as loop:
        a_job(tenant)
        loop.notify()

        assert begun.wait(LONG_S)


def test_no_more_jobs_run_at_once_than_there_are_workers(store: Store, tenant: Tenant) -> None:
    at_once: list[int] = []
    busy: set[str] = set()
    three = threading.Barrier(3)

    def work(job: Job, context: JobContext) -> None:
        busy.add(job.id)
        three.wait(LONG_S)
        at_once.append(len(busy))
        three.wait(LONG_S)
        busy.discard(job.id)

    for number in range(6):
        a_job(tenant, f"/{number}.md")
    with running(store, Handler(work), workers=3):
        wait_until(lambda: tenant.jobs.counts()[JobStatus.SUCCEEDED] == 6)

    assert max(at_once) == 3


def test_two_loops_never_run_a_job_twice(store: Store, tenant: Tenant) -> None:
    handler = Handler()
    with running(store, handler) as first, running(store, handler) as second:
        made = {a_job(tenant, f"/{number}.md").id for number in range(60)}
        first.notify()
        second.notify()
        wait_until(lambda: tenant.jobs.counts()[JobStatus.SUCCEEDED] == 60)

    assert len(handler.seen) == 60
    assert set(handler.seen) == made


def test_jobs_of_one_source_run_one_after_the_other(store: Store, tenant: Tenant) -> None:
    first_begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def work(job: Job, context: JobContext) -> None:
        order.append(f"begin {job.id}")
        first_begun.set()
        go_on.wait(LONG_S)
        order.append(f"end {job.id}")

    one = a_job(tenant)
    with running(store, Handler(work)) as loop:
        assert first_begun.wait(LONG_S)
        two = a_job(tenant)
        loop.notify()
        go_on.set()
        wait_until(lambda: tenant.jobs.counts()[JobStatus.SUCCEEDED] == 2)

    assert order == [f"{what} {job.id}" for job in (one, two) for what in ("begin", "end")]


def test_a_busy_tenant_does_not_starve_another(store: Store, tenant: Tenant) -> None:
    other = store.create_tenant("other")
    busy = [a_job(tenant, f"/{number}.md").id for number in range(4)]
    quiet = [
        other.jobs.add("work", default_twin(other), a_source(other, f"/{number}.md").id).id
        for number in range(2)
    ]
    handler = Handler()

    run(store, handler)

    assert handler.seen == [busy[0], quiet[0], busy[1], quiet[1], busy[2], busy[3]]


def test_a_long_job_shows_its_progress_and_log_while_it_runs(store: Store, tenant: Tenant) -> None:
    shown, done = threading.Event(), 0

    def work(job: Job, context: JobContext) -> None:
        nonlocal done
        while not shown.is_set():
            done += 1
            context.report(done, None)
            context.log("info", f"step {done}")
            shown.wait(0.02)

    job = a_job(tenant)
    with running(store, Handler(work)):
        wait_until(lambda: tenant.jobs.get(job.id).done > 0)
        wait_until(lambda: len(tenant.jobs.logs(job.id)) > 0)
        assert tenant.jobs.get(job.id).status is JobStatus.RUNNING
        shown.set()

    assert tenant.jobs.get(job.id).done == done


def test_leases_are_renewed_while_a_job_runs(store: Store, tenant: Tenant) -> None:
    begun, done = threading.Event(), threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        done.wait(LONG_S)

    job = a_job(tenant)
    loop = JobLoop(store, {"work": Handler(work)}, lease_s=0.3)
    loop.start()
    assert begun.wait(LONG_S)
    first = time.time()

    wait_until(lambda: time.time() > first + 1)
    still = tenant.jobs.get(job.id)
    done.set()
    loop.stop(LONG_S)

    assert (still.status, still.attempts) == (JobStatus.RUNNING, 1)
    assert tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED


def test_work_on_a_job_that_was_lost_stops(store: Store, tenant: Tenant) -> None:
    begun = threading.Event()

    def work(job: Job, context: JobContext) -> None:
        if job.attempts == 1:
            begun.set()
            while True:
                context.check()

    job = a_job(tenant)
    loop = JobLoop(store, {"work": Handler(work)}, lease_s=0.3)
    loop.start()
    assert begun.wait(LONG_S)

    tenant.leases.recover()
    wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)

    assert loop.stop(LONG_S)
    assert tenant.jobs.get(job.id).attempts == 2


def test_what_completes_a_job_is_committed_with_its_success(store: Store, tenant: Tenant) -> None:
    seen: list[tuple[str, JobStatus]] = []

    def look() -> None:
        seen.append((tenant.sources.get(source_id).uri, tenant.jobs.get(job.id).status))

    def work(job: Job, context: JobContext) -> None:
        with context.completing():
            tenant.sources.move(source_id, "/b.md")
            context.log("info", "Moved it.")
            tenant.database.after_commit(look)

    job = a_job(tenant)
    source_id = job.source_id or ""

    run(store, Handler(work))

    assert seen == [("/b.md", JobStatus.SUCCEEDED)]
    assert [line.message for line in tenant.jobs.logs(job.id)] == ["Moved it."]


def test_a_job_that_was_lost_completes_nothing(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        if job.attempts == 1:
            tenant.leases.recover()
            with context.completing():
                tenant.sources.move(source_id, "/b.md")

    job = a_job(tenant)
    source_id = job.source_id or ""

    run(store, Handler(work))

    done = tenant.jobs.get(job.id)
    assert (done.status, done.attempts) == (JobStatus.SUCCEEDED, 2)
    assert tenant.sources.get(source_id).uri == "/a.md"


def test_a_job_that_cannot_be_settled_does_not_end_the_loop(
    store: Store, tenant: Tenant, caplog: pytest.LogCaptureFixture
) -> None:
    def work(job: Job, context: JobContext) -> None:
        if job.id == lost.id:
            tenant.database.execute("ALTER TABLE job_logs RENAME TO hidden")
        else:
            tenant.database.execute("ALTER TABLE hidden RENAME TO job_logs")
        context.log("info", "Done.")

    lost, fine = a_job(tenant, "/a.md"), a_job(tenant, "/b.md")

    with running(store, Handler(work), workers=1):
        wait_until(lambda: tenant.jobs.get(fine.id).status is JobStatus.SUCCEEDED)

    assert tenant.jobs.get(lost.id).status is JobStatus.RUNNING
    assert "could not be settled" in caplog.text


def test_a_job_whose_turn_has_not_come_is_put_off_without_an_attempt(
    store: Store, tenant: Tenant
) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise NotYet(100.0)

    job = a_job(tenant)
    handler = Handler(work)

    run(store, handler)

    queued = tenant.jobs.get(job.id)
    assert (queued.status, queued.attempts, queued.error) == (JobStatus.QUEUED, 0, None)
    assert queued.run_at >= queued.created_at + 100.0
    assert handler.seen == [job.id]


def test_a_job_that_is_cancelled_while_it_is_put_off_ends(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        tenant.jobs.cancel(job.id)
        raise NotYet(100.0)

    job = a_job(tenant)

    run(store, Handler(work))

    assert tenant.jobs.get(job.id).status is JobStatus.CANCELLED


def test_the_log_tells_each_attempt_and_when_the_next_one_is(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        if job.attempts == 1:
            raise Passing("It is asleep.", after_s=0.0)
        context.log("info", "Woke it.")

    job = a_job(tenant)
    with running(store, Handler(work)):
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)

    failed, again, done = [line.message for line in tenant.jobs.logs(job.id)]
    assert failed.startswith("It is asleep. (attempt 1 of 5, the next in ")
    assert (again, done) == ("attempt 2 of 5", "Woke it.")


def test_a_line_is_shown_while_the_job_works_on_in_silence(store: Store, tenant: Tenant) -> None:
    shown = threading.Event()

    def work(job: Job, context: JobContext) -> None:
        context.log("info", "Now for something long.")
        shown.wait(LONG_S)

    job = a_job(tenant)
    with running(store, Handler(work)):
        wait_until(lambda: len(tenant.jobs.logs(job.id)) == 1)
        assert tenant.jobs.get(job.id).status is JobStatus.RUNNING
        shown.set()


def test_a_job_that_was_cancelled_says_so_in_its_log(store: Store, tenant: Tenant) -> None:
    def work(job: Job, context: JobContext) -> None:
        raise Cancelled("the work was cancelled")

    job = a_job(tenant)
    run(store, Handler(work))
    assert [line.message for line in tenant.jobs.logs(job.id)] == ["cancelled"]


def test_what_runs_for_a_tenant_that_is_deleted_ends_and_others_go_on(store: Store) -> None:
    begun, ended = threading.Barrier(3), []

    def work(job: Job, context: JobContext) -> None:
        begun.wait(LONG_S)
        try:
            while not context.tenant.jobs.cancel_requested(job.id):
                context.check()
                threading.Event().wait(0.01)
        finally:
            ended.append(context.tenant.id)

    other, ours = store.create_tenant("other"), store.tenant("default")
    a_job(other)
    kept = a_job(ours)
    with running(store, Handler(work)) as loop:
        begun.wait(LONG_S)
        store.tenants.leave("other")

        assert loop.abandon("other", LONG_S)
        store.erasure.wipe()

        assert ended == ["other"]
        ours.jobs.cancel(kept.id)
        wait_until(lambda: ours.jobs.get(kept.id).finished_at is not None)


def test_a_job_that_does_not_look_up_is_not_waited_for_too_long(store: Store) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        may_end.wait(LONG_S)

    a_job(store.create_tenant("other"))
    with running(store, Handler(work)) as loop:
        assert begun.wait(LONG_S)
        store.tenants.leave("other")

        assert not loop.abandon("other", 0.01)
        store.erasure.wipe()
        may_end.set()
        assert loop.abandon("other", LONG_S)

    assert store._db.problems() == []
