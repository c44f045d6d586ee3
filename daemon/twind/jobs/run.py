"""One claimed job: its handler, its lease, its progress and its end."""

import logging
import random
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from twinctl.wire.codes import ErrorCode
from twind.domain.jobs import MAX_ATTEMPTS, Failure, Job, JobLog, retry_at
from twind.errors import Cancelled, StoreDamaged, StoreUnusable, TwindError
from twind.jobs.handler import Interrupted, JobHandler, NotYet, Passing
from twind.store.store import Tenant

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.25
_BEHIND_OTHERS_S = 5.0  # for what finds no room where smaller things may


class JobRun:
    """Runs one job; the `JobContext` of its handler.

    Progress and log lines are gathered until the loop has them written, so that a short job costs
    no more than its claim and its end.
    """

    def __init__(self, tenant: Tenant, job: Job, owner: str, stopping: threading.Event) -> None:
        self._tenant = tenant
        self.job = job
        self._owner = owner
        self._stopping = stopping
        self._lock = threading.Lock()
        self._lines: list[JobLog] = []
        self._progress: tuple[int, int | None] | None = None
        self._looked = time.monotonic()
        self._lost = False
        self._has_succeeded = False

    @property
    def tenant(self) -> Tenant:
        """See `JobContext.tenant`."""
        return self._tenant

    def report(self, done: int, total: int | None) -> None:
        """See `JobContext.report`."""
        with self._lock:
            self._progress = (done, total)

    def log(self, level: str, message: str) -> None:
        """See `JobContext.log`."""
        with self._lock:
            self._lines.append(JobLog(at=time.time(), level=level, message=message))

    def check(self) -> None:
        """See `JobContext.check`."""
        if self._stopping.is_set() or self._lost:
            raise Interrupted
        now = time.monotonic()
        if now - self._looked >= _LOOK_EVERY_S:
            self._looked = now
            if self._tenant.jobs.cancel_requested(self.job.id):
                raise Cancelled("the work was cancelled")

    @contextmanager
    def completing(self) -> Iterator[None]:
        """See `JobContext.completing`."""
        with self._tenant.transaction():
            yield
            if not self._settle_succeeded():
                raise Interrupted
        self._has_succeeded = True

    def heartbeat(self, lease_s: float) -> None:
        """Renew the lease."""
        beat = self._tenant.leases.heartbeat(self.job.id, self._owner, lease_s)
        self._lost = not beat.ours

    def abandon(self) -> None:
        """Stop at the next check, whatever becomes of the job."""
        self._lost = True

    def has_news(self) -> bool:
        """Return whether there is something to write."""
        with self._lock:
            return bool(self._lines) or self._progress is not None

    def write(self) -> None:
        """Write what was gathered; in a transaction, so that lines stay in their order."""
        with self._lock:
            lines, self._lines = self._lines, []
            progress, self._progress = self._progress, None
        if progress is not None:
            self._tenant.leases.report(self.job.id, self._owner, *progress)
        if lines:
            self._tenant.jobs.log(self.job.id, lines)

    def work(self, handler: JobHandler) -> None:
        """Run the handler and settle the job.

        Raises:
            StoreUnusable: Neither the work nor its end could be written; see `put_back`.
        """
        if self.job.attempts > 1:
            self.log("info", self._attempt())
        try:
            handler(self.job, self)
        except Interrupted:
            self._interrupted()
        except NotYet as wait:
            self._put_off(wait.after_s)
        except Cancelled:
            self._end_cancelled()
        except TwindError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001
            self._break(error)
        else:
            self._succeed()

    def put_back(self, error: StoreUnusable) -> None:
        """Queue the job again, behind others for a while, and note on it what it waits for.

        Raises:
            StoreUnusable: Not even that could be written.
        """
        self._release(_BEHIND_OTHERS_S, _failure(error))

    def _succeed(self) -> None:
        if not self._has_succeeded:
            with self._tenant.transaction():
                self._settle_succeeded()

    def _settle_succeeded(self) -> bool:
        self.write()
        return self._tenant.leases.succeed(self.job.id, self._owner)

    def _interrupted(self) -> None:
        self.log("info", "interrupted; it begins anew when the daemon can go on with it")
        self._release()

    def _release(self, after_s: float = 0.0, failure: Failure | None = None) -> None:
        with self._tenant.transaction():
            self.write()
            self._tenant.leases.release(self.job.id, self._owner, after_s, failure)

    def _put_off(self, after_s: float) -> None:
        if self._tenant.jobs.cancel_requested(self.job.id):
            self._end_cancelled()
        else:
            self._release(after_s)

    def _end_cancelled(self) -> None:
        self.log("info", "cancelled")
        with self._tenant.transaction():
            self.write()
            self._tenant.leases.cancelled(self.job.id, self._owner)

    def _fail(self, error: TwindError) -> None:
        if isinstance(error, StoreUnusable) and not isinstance(error, StoreDamaged):
            raise error  # it says nothing of this job, and passes
        if self._tenant.jobs.cancel_requested(self.job.id):
            self._end_cancelled()
            return
        now, again = time.time(), None
        if isinstance(error, Passing):
            spread = random.random()  # noqa: S311
            again = retry_at(now, self.job.attempts, spread, after_s=error.after_s)
        if again is None:
            self.log("error", error.message)
        else:
            next_one = f"{self._attempt()}, the next in {again - now:.0f} s"
            self.log("warning", f"{error.message} ({next_one})")
        self._settle_failed(_failure(error), again)

    def _break(self, error: Exception) -> None:
        _log.exception("job %s (%s) broke", self.job.id, self.job.kind)
        self.log("error", "".join(traceback.format_exception(error)))
        failure = Failure(
            code=ErrorCode.INTERNAL,
            message=f"something unexpected happened: {type(error).__name__}",
            hint=f"see where with: twinctl jobs logs {self.job.id}",
        )
        self._settle_failed(failure, None)

    def _attempt(self) -> str:
        return f"attempt {self.job.attempts} of {MAX_ATTEMPTS}"

    def _settle_failed(self, failure: Failure, again: float | None) -> None:
        with self._tenant.transaction():
            self.write()
            self._tenant.leases.fail(self.job.id, self._owner, failure, again)


def _failure(error: TwindError) -> Failure:
    return Failure(code=error.code, message=error.message, hint=error.hint)
