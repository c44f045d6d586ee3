"""Jobs that find no room wait, are tried again by themselves, and are not to blame."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.support.full_disk import little_room, only_read
from tests.support.store import a_source, default_twin
from tests.support.waiting import wait_until
from twind.domain.jobs import Failure, Job, JobStatus
from twind.errors import StoreUnusable
from twind.jobs.handler import JobContext, JobHandler
from twind.jobs.loop import JobLoop
from twind.jobs.standstill import Standstill
from twind.store.store import Store, Tenant

BIG = "x" * 400_000
STOP_S = 20.0


def a_job(tenant: Tenant, title: str) -> Job:
    source = a_source(tenant, f"/{len(title)}.md")
    return tenant.jobs.add("work", source.twin_id, source.id, {"length": len(title)})


def write(job: Job, context: JobContext) -> None:
    """Keep something as long as the job says."""
    tenant = context.tenant
    tenant.conversations.start(default_twin(tenant), "x" * job.payload["length"])


@contextmanager
def running(store: Store, work: JobHandler) -> Iterator[JobLoop]:
    loop = JobLoop(store, {"work": work})
    loop.start()
    try:
        yield loop
    finally:
        loop.stop(STOP_S)


def test_a_job_that_finds_no_room_goes_on_when_there_is_some(store: Store, tenant: Tenant) -> None:
    job = a_job(tenant, BIG)
    room = ExitStack()
    room.enter_context(little_room(store))
    with running(store, write) as loop:
        wait_until(lambda: tenant.jobs.get(job.id).error is not None)
        waiting = tenant.jobs.get(job.id)
        assert waiting.status is JobStatus.QUEUED
        assert loop.standstill.failure == waiting.error
        assert waiting.error is not None
        assert waiting.error.code == "disk_full"
        assert waiting.error.hint is not None
        assert "make room" in waiting.error.hint
        room.close()
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)
        wait_until(lambda: loop.standstill.failure is None)

    done = tenant.jobs.get(job.id)
    assert (done.attempts, done.error) == (1, None)
    (kept,) = tenant.conversations.list(default_twin(tenant))
    assert kept.title == BIG


def test_what_is_small_does_not_wait_for_what_finds_no_room(store: Store, tenant: Tenant) -> None:
    big, small = a_job(tenant, BIG), a_job(tenant, "x")
    with little_room(store), running(store, write):
        wait_until(lambda: tenant.jobs.get(small.id).status is JobStatus.SUCCEEDED)
        assert tenant.jobs.get(big.id).finished_at is None


def test_a_job_whose_end_cannot_be_written_ends_when_it_can(store: Store, tenant: Tenant) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def work(job: Job, context: JobContext) -> None:
        begun.set()
        may_go_on.wait(STOP_S)
        write(job, context)

    job = a_job(tenant, "x")
    with running(store, work) as loop:
        assert begun.wait(STOP_S)
        with only_read(store):
            may_go_on.set()
            wait_until(lambda: loop.standstill.failure is not None)
            assert tenant.jobs.get(job.id).status is JobStatus.RUNNING
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)

    assert tenant.jobs.get(job.id).attempts == 1


def test_a_daemon_that_stops_over_it_leaves_the_job_to_the_next(
    store: Store, tenant: Tenant
) -> None:
    job = a_job(tenant, BIG)
    with little_room(store), running(store, write):
        wait_until(lambda: tenant.jobs.get(job.id).error is not None)

    with running(store, write):
        wait_until(lambda: tenant.jobs.get(job.id).status is JobStatus.SUCCEEDED)


def test_nothing_waits_once_the_job_is_cancelled(store: Store, tenant: Tenant) -> None:
    job = a_job(tenant, BIG)
    with little_room(store), running(store, write) as loop:
        wait_until(lambda: tenant.jobs.get(job.id).error is not None)
        tenant.jobs.cancel(job.id)
        loop.notify()
        wait_until(lambda: loop.standstill.failure is None)


def test_a_standstill_is_logged_once_and_has_an_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    standstill = Standstill()
    full = StoreUnusable("the disk is full", hint="make room")
    assert standstill.rest_s() == 0

    for _ in range(3):
        standstill.begin(full)

    assert standstill.failure == Failure(
        code="store_unusable", message="the disk is full", hint="make room"
    )
    assert standstill.rest_s() > 0
    standstill.end()
    standstill.end()
    assert standstill.failure is None
    assert standstill.rest_s() == 0
    assert [record.message for record in caplog.records] == [
        "jobs wait: the disk is full",
        "jobs go on",
    ]
