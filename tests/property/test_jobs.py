"""Whatever happens to jobs, in whatever order, they keep to their states."""

import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.store import a_live_source, a_source, default_tenant, open_store
from twind.domain.jobs import (
    LONGEST_WAIT_S,
    MAX_ATTEMPTS,
    Failure,
    Job,
    JobStatus,
    backoff_s,
    retry_at,
)
from twind.domain.sources import SourceStatus
from twind.errors import Conflict

FINAL = {JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED}
FAILURE = Failure(code="corrupt", message="It is broken.")
OWNERS = st.sampled_from(["one", "two"])
URIS = st.sampled_from(["/a.md", "/b.md", "/c.md"])


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_wait_is_within_its_bounds(attempt: int, jitter: float) -> None:
    wait = backoff_s(attempt, jitter)

    assert 1.0 <= wait <= LONGEST_WAIT_S
    assert backoff_s(attempt + 1, jitter) >= wait


@given(st.integers(1, 50), st.floats(0, 1))
def test_attempts_come_to_an_end(attempt: int, jitter: float) -> None:
    again = retry_at(100.0, attempt, jitter)

    assert (again is None) == (attempt >= MAX_ATTEMPTS)
    assert again is None or again > 100.0


@given(st.integers(1, 50), st.floats(0, 1), st.floats(0, 86_400))
def test_a_wait_that_is_named_is_kept_and_adds_no_attempts(
    attempt: int, jitter: float, after_s: float
) -> None:
    again = retry_at(0.0, attempt, jitter, after_s=after_s)

    assert (again is None) == (attempt >= MAX_ATTEMPTS)
    assert again is None or again >= after_s


class JobMachine(RuleBasedStateMachine):
    """Two workers, three sources, and an owner who changes their mind."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self._folder.name))
        self.tenant = default_tenant(self.store)
        self.held: dict[str, set[str]] = {"one": set(), "two": set()}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def jobs(self, *statuses: JobStatus) -> list[Job]:
        return [job for job in self.tenant.jobs.list() if job.status in statuses]

    @rule(uri=URIS)
    def add(self, uri: str) -> None:
        source = a_source(self.tenant, uri)
        job = self.tenant.jobs.add("ingest", source.twin_id, source.id)
        assert job.status is JobStatus.QUEUED

    @rule(owner=OWNERS)
    def claim(self, owner: str) -> None:
        job = self.tenant.leases.claim(owner, 30.0, time.time() + 10_000)
        if job is not None:
            assert all(job.id not in held for held in self.held.values())
            self.held[owner].add(job.id)

    @precondition(lambda self: any(self.held.values()))
    @rule(
        owner=OWNERS,
        end=st.sampled_from(["succeed", "fail", "again", "cancelled", "release"]),
        by=OWNERS,
    )
    def settle(self, owner: str, end: str, by: str) -> None:
        if not self.held[owner]:
            return
        job_id = min(self.held[owner])
        leases = self.tenant.leases
        ours = {
            "succeed": lambda: leases.succeed(job_id, by),
            "fail": lambda: leases.fail(job_id, by, FAILURE),
            "again": lambda: leases.fail(job_id, by, FAILURE, time.time()),
            "cancelled": lambda: leases.cancelled(job_id, by),
            "release": lambda: leases.release(job_id, by),
        }[end]()
        assert ours == (by == owner)
        if ours:
            self.held[owner].discard(job_id)

    @rule()
    def die(self) -> None:
        """A new daemon starts and finds what the old one left."""
        self.tenant.leases.recover()
        self.held = {"one": set(), "two": set()}

    @rule(number=st.integers(0, 20))
    def cancel(self, number: int) -> None:
        jobs = self.tenant.jobs.list().items
        if jobs:
            job = jobs[number % len(jobs)]
            try:
                self.tenant.jobs.cancel(job.id)
            except Conflict:
                assert job.status in FINAL

    @rule(number=st.integers(0, 20))
    def retry(self, number: int) -> None:
        jobs = self.jobs(JobStatus.FAILED, JobStatus.CANCELLED)
        if jobs:
            job = self.tenant.jobs.retry(jobs[number % len(jobs)].id)
            assert job.status is JobStatus.QUEUED

    @rule(uri=URIS)
    def index(self, uri: str) -> None:
        a_live_source(self.tenant, "Bees dance.", uri=uri)

    @invariant()
    def what_runs_is_held_and_what_is_held_runs(self) -> None:
        running = {job.id for job in self.jobs(JobStatus.RUNNING)}
        assert running == self.held["one"] | self.held["two"]

    @invariant()
    def a_source_has_one_queued_and_one_running_job_at_most(self) -> None:
        for status in (JobStatus.QUEUED, JobStatus.RUNNING):
            sources = [job.source_id for job in self.jobs(status)]
            assert len(sources) == len(set(sources))

    @invariant()
    def what_has_ended_says_so(self) -> None:
        for job in self.tenant.jobs.list():
            assert (job.finished_at is not None) == (job.status in FINAL)
            assert (job.error is not None) or job.status is not JobStatus.FAILED
            assert 0 <= job.attempts <= MAX_ATTEMPTS + 1

    @invariant()
    def no_source_waits_for_a_job_that_has_failed(self) -> None:
        for job in self.jobs(JobStatus.FAILED, JobStatus.CANCELLED):
            source = self.tenant.sources.get(job.source_id or "")
            if source.job_id == job.id:
                assert source.status is not SourceStatus.PROCESSING


JobMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, derandomize=True
)
TestJobs = JobMachine.TestCase
