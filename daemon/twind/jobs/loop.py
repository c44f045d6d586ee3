"""The job loop: claims what may run, fairly between tenants, and never polls busily."""

import logging
import math
import threading
import time
from collections.abc import Mapping, Sequence
from itertools import islice

from twind.domain.ids import new_id
from twind.domain.jobs import Job, JobStatus
from twind.errors import InvalidInput, StoreUnusable
from twind.jobs.handler import JobContext, JobHandler
from twind.jobs.run import JobRun
from twind.jobs.standstill import Standstill
from twind.store.store import Store, Tenant

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0  # for jobs that wait for their time
_WRITE_EVERY_S = 0.5  # what jobs have gathered
_BEGUN_AT_ONCE = 4  # by one transaction
_GATHER_S = 0.1  # for workers that get free soon after each other


class JobLoop:
    """Runs jobs in threads of this process.

    One thread claims, one renews leases, and each job has a thread of its own. Whoever adds or
    retries a job calls `notify`.
    """

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, JobHandler],
        *,
        workers: int = 16,
        lease_s: float = 30.0,
    ) -> None:
        """Take what is needed; nothing runs before `start`.

        `standstill` tells what keeps jobs from going on.

        Args:
            store: Where the jobs are.
            handlers: By kind of job. Jobs of other kinds fail.
            workers: Jobs that run at once.
            lease_s: How long a job may go without a sign of life.
        """
        self._store = store
        self._handlers = handlers
        self._lease_s = lease_s
        self._free = threading.Semaphore(workers)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._idle = threading.Condition()
        self._running: set[JobRun] = set()
        self._threads: list[threading.Thread] = []
        self._last_served = ""
        self.standstill = Standstill()

    def recover(self) -> None:
        """Queue again what a daemon before left running.

        Only one process may work on a store; whatever others have claimed is taken back.
        """
        self._recover(math.inf)

    def start(self) -> None:
        """Recover, then work in the background."""
        self.recover()
        for target in (self._claim_for_ever, self._renew_for_ever):
            thread = threading.Thread(target=target, name=target.__name__, daemon=True)
            self._threads.append(thread)
            thread.start()

    def notify(self) -> None:
        """Look for work now."""
        self._wake.set()

    def stop(self, drain_s: float) -> bool:
        """Claim no more, ask what runs to stop at its next check, and wait for it.

        Args:
            drain_s: How long to wait at most.

        Returns:
            Whether everything came to an end in time.
        """
        self._stopping.set()
        self._wake.set()
        self._free.release()
        for thread in self._threads:
            thread.join(drain_s)
        with self._idle:
            return self._idle.wait_for(lambda: not self._running, drain_s)

    def abandon(self, tenant_id: str, wait_s: float) -> bool:
        """Have what runs for a tenant stop at its next check; return whether it did in time."""
        with self._idle:
            for run in self._of(tenant_id):
                run.abandon()
            return self._idle.wait_for(lambda: not self._of(tenant_id), wait_s)

    def run_once(self) -> bool:
        """Run the next job in this thread; False if there is none."""
        runs = self._claim(1)
        for run in runs:
            self._work(run)
        return bool(runs)

    def _of(self, tenant_id: str) -> list[JobRun]:
        return [run for run in self._running if run.tenant.id == tenant_id]

    def _claim_for_ever(self) -> None:
        while not self._stopping.is_set():
            free = self._wait_for_free()
            self._wake.clear()
            self._stopping.wait(self.standstill.rest_s())
            begun = self._start_some(1 if self.standstill.failure else free)
            for _ in range(free - begun):
                self._free.release()
            if not begun:
                self._wake.wait(_LOOK_EVERY_S)

    def _wait_for_free(self) -> int:
        """Take free workers: one at least, and a moment later a few, who begin together."""
        self._free.acquire()
        free, until = 1, time.monotonic() + _GATHER_S
        while free < _BEGUN_AT_ONCE and self._free.acquire(
            timeout=max(0.0, until - time.monotonic())
        ):
            free += 1
        return free

    def _start_some(self, most: int) -> int:
        """Begin so many jobs at most, and return how many."""
        try:
            runs = [] if self._stopping.is_set() else self._claim(most)
        except StoreUnusable as error:
            self.standstill.begin(error)
            return 0
        except Exception:  # noqa: BLE001
            _log.exception("no job could be claimed")
            return 0
        if not runs and self.standstill.failure and not self._is_awaited():
            self.standstill.end()
        for run in runs:
            threading.Thread(target=self._work_and_free, args=(run,), daemon=True).start()
        return len(runs)

    def _is_awaited(self) -> bool:
        """Tell whether some job runs or waits to, as far as this loop lives to see it."""
        if self._stopping.is_set():
            return True
        waiting = (each.jobs.counts()[JobStatus.QUEUED] for each in self._store.each_tenant())
        return bool(self._running) or any(waiting)

    def _claim(self, most: int) -> list[JobRun]:
        """Claim jobs of the first tenant that has some, beginning behind the one served last."""
        tenants = self._store.each_tenant()
        later = [tenant for tenant in tenants if tenant.id > self._last_served]
        earlier = [tenant for tenant in tenants if tenant.id <= self._last_served]
        for tenant in later + earlier:
            runs = self._claim_of(tenant, most)
            if runs:
                self._last_served = tenant.id
                with self._idle:
                    self._running.update(runs)
                return runs
        return []

    def _claim_of(self, tenant: Tenant, most: int) -> list[JobRun]:
        owner = new_id("run")
        with tenant.transaction():
            claimed = iter(lambda: tenant.leases.claim(owner, self._lease_s), None)
            jobs = list(islice(claimed, most))
        return [JobRun(tenant, job, owner, self._stopping) for job in jobs]

    def _work_and_free(self, run: JobRun) -> None:
        self._work(run)
        self._free.release()
        self._wake.set()

    def _work(self, run: JobRun) -> None:
        """Run a job to its end; one that cannot be settled is taken back when its lease ends."""
        try:
            run.work(self._handlers.get(run.job.kind, _refuse))
            self.standstill.end()
        except StoreUnusable as error:
            self.standstill.begin(error)
            self._put_back(run, error)
        except Exception:  # noqa: BLE001
            _log.exception("job %s could not be settled", run.job.id)
        finally:
            with self._idle:
                self._running.discard(run)
                self._idle.notify_all()

    def _put_back(self, run: JobRun, error: StoreUnusable) -> None:
        """Queue a job again that could not go on, once as much as that can be written."""
        while not self._stopping.wait(self.standstill.rest_s()):
            try:
                run.put_back(error)
            except StoreUnusable as again:
                self.standstill.begin(again)
            else:
                return

    def _renew_for_ever(self) -> None:
        renewed = time.monotonic()
        while not self._stopping.wait(min(_WRITE_EVERY_S, self._lease_s / 3)):
            is_due = time.monotonic() - renewed >= self._lease_s / 3
            if is_due:
                renewed = time.monotonic()
            try:
                self._keep_up(is_due=is_due)
            except StoreUnusable as error:
                self.standstill.begin(error)
            except Exception:  # noqa: BLE001
                _log.exception("leases could not be renewed")

    def _keep_up(self, *, is_due: bool) -> None:
        """Write what the jobs have gathered, and renew their leases where that is due."""
        began = time.time()  # whatever is renewed from here on is not lost, however long it takes
        with self._idle:
            runs = [run for run in self._running if is_due or run.has_news()]
        for tenant_id in {run.tenant.id for run in runs}:
            self._keep_up_of([run for run in runs if run.tenant.id == tenant_id], is_due=is_due)
        if is_due:
            self._recover(began)

    def _keep_up_of(self, runs: Sequence[JobRun], *, is_due: bool) -> None:
        """Keep up jobs of one tenant in one transaction."""
        with runs[0].tenant.transaction():
            for run in runs:
                run.write()
                if is_due:
                    run.heartbeat(self._lease_s)

    def _recover(self, before: float) -> None:
        for tenant in self._store.each_tenant():
            if tenant.leases.recover(before):
                self.notify()


def _refuse(job: Job, context: JobContext) -> None:
    """Fail a job that nobody knows how to do."""
    context.check()
    raise InvalidInput(f"there is no handler for jobs of the kind {job.kind}")
