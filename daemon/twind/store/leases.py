"""Jobs of one tenant as their workers see them: a claim marks a job, and a lease keeps it."""

import math
import time
from typing import Any

from twind.domain.jobs import MAX_ATTEMPTS, Failure, Heartbeat, Job, JobStatus
from twind.store.database import Database
from twind.store.jobs import CANCELLED, JobTable
from twind.store.rows import JOB, failure_params, to_job

_NEXT = (
    "SELECT j.key FROM jobs AS j WHERE j.tenant_id = :tenant AND j.status = 'queued' "
    "AND j.run_at <= :now AND NOT EXISTS (SELECT 1 FROM jobs AS r "
    "WHERE r.source_id = j.source_id AND r.status = 'running') ORDER BY j.key LIMIT 1"
)
_CRASHED = Failure(
    code="internal",
    message=f"the daemon stopped {MAX_ATTEMPTS} times while this job ran",
    hint="see why with: twinctl daemon logs; do it again with: twinctl jobs retry",
)
_SUPERSEDED = Failure(code="cancelled", message="a newer job of the same source took over")


class JobLeases:
    """Claims and what becomes of them. Only the holder of the lease can settle a job.

    A job and its source are settled together, so no source waits for a job that has ended.
    """

    def __init__(self, db: Database, tenant_id: str, jobs: JobTable) -> None:
        self._db = db
        self._tenant = tenant_id
        self._jobs = jobs

    def claim(self, owner: str, lease_s: float, now: float | None = None) -> Job | None:
        """Begin the oldest job that may run; one job of a source runs at a time."""
        now = time.time() if now is None else now
        params = {"tenant": self._tenant, "now": now}
        if not self._db.rows(_NEXT, params):
            return None
        with self._db.transaction():
            rows = self._db.rows(
                "UPDATE jobs SET status = 'running', lease_owner = :owner, lease_until = :until, "
                "attempts = attempts + 1, started_at = :now, updated_at = :now, "
                "progress_done = 0, progress_total = NULL, "
                "error_code = NULL, error_message = NULL, error_hint = NULL "
                f"WHERE key = ({_NEXT}) RETURNING {JOB}",
                {**params, "owner": owner, "until": now + lease_s},
            )
        return to_job(rows[0]) if rows else None

    def heartbeat(
        self, job_id: str, owner: str, lease_s: float, now: float | None = None
    ) -> Heartbeat:
        """Renew a lease; tell whether it is still held and whether the job should end."""
        with self._db.transaction():
            rows = self._db.rows(
                "UPDATE jobs SET lease_until = :until WHERE id = :id AND tenant_id = :tenant "
                "AND lease_owner = :owner AND status = 'running' RETURNING cancel_requested",
                {
                    **self._params(job_id, owner),
                    "until": (time.time() if now is None else now) + lease_s,
                },
            )
        return Heartbeat(
            ours=bool(rows), cancel_requested=bool(rows and rows[0]["cancel_requested"])
        )

    def report(self, job_id: str, owner: str, done: int, total: int | None) -> bool:
        """Note how far a job is."""
        changed = self._db.execute(
            "UPDATE jobs SET progress_done = :done, progress_total = :total, updated_at = :now "
            "WHERE id = :id AND tenant_id = :tenant AND lease_owner = :owner "
            "AND status = 'running'",
            {**self._params(job_id, owner), "done": done, "total": total, "now": time.time()},
        )
        return bool(changed)

    def succeed(self, job_id: str, owner: str) -> bool:
        """Settle a job that did its work; False when the lease is lost."""
        with self._db.transaction():
            job = self._held(job_id, owner)
            if job is not None:
                self._end(job, JobStatus.SUCCEEDED, None)
        return job is not None

    def fail(
        self, job_id: str, owner: str, failure: Failure, retry_at: float | None = None
    ) -> bool:
        """Settle a job that failed, or queue it again for `retry_at`, UTC seconds."""
        with self._db.transaction():
            job = self._held(job_id, owner)
            if job is not None and retry_at is not None:
                self._requeue(job, run_at=retry_at, attempts=job.attempts, failure=failure)
            elif job is not None:
                self._end(job, JobStatus.FAILED, failure)
        return job is not None

    def cancelled(self, job_id: str, owner: str) -> bool:
        """Settle a job that ended because its owner wanted it to."""
        with self._db.transaction():
            job = self._held(job_id, owner)
            if job is not None:
                self._end(job, JobStatus.CANCELLED, CANCELLED)
        return job is not None

    def release(
        self, job_id: str, owner: str, after_s: float = 0.0, failure: Failure | None = None
    ) -> bool:
        """Queue a job again, to run in `after_s` or later; the attempt does not count.

        `failure` is what it waits for, if it waits for something to pass.
        """
        with self._db.transaction():
            job = self._held(job_id, owner)
            if job is not None:
                run_at, attempts = time.time() + after_s, job.attempts - 1
                self._requeue(job, run_at=run_at, attempts=attempts, failure=failure)
            return job is not None

    def recover(self, before: float = math.inf) -> int:
        """Queue again what nobody works on any more, and return how many jobs that were.

        Args:
            before: Leases that end before this are lost, UTC seconds; all of them by default.
        """
        with self._db.transaction():
            rows = self._db.rows(
                f"SELECT {JOB} FROM jobs WHERE tenant_id = :tenant AND status = 'running' "
                "AND lease_until < :before ORDER BY key",
                {"tenant": self._tenant, "before": before},
            )
            for row in rows:
                self._recover(to_job(row))
        return len(rows)

    def _recover(self, job: Job) -> None:
        if job.cancel_requested:
            self._end(job, JobStatus.CANCELLED, CANCELLED)
        elif job.attempts >= MAX_ATTEMPTS:
            self._end(job, JobStatus.FAILED, _CRASHED)
        else:
            self._requeue(job, run_at=time.time(), attempts=job.attempts, failure=None)

    def _requeue(self, job: Job, *, run_at: float, attempts: int, failure: Failure | None) -> None:
        if self._jobs.queued_beside(job) is not None:
            self._end(job, JobStatus.CANCELLED, _SUPERSEDED)
            return
        self._db.execute(
            "UPDATE jobs SET status = 'queued', run_at = :run_at, attempts = :attempts, "
            "lease_owner = NULL, lease_until = NULL, error_code = :code, "
            "error_message = :message, error_hint = :hint, updated_at = :now "
            "WHERE id = :id AND tenant_id = :tenant",
            {
                "id": job.id,
                "tenant": self._tenant,
                "run_at": run_at,
                "attempts": attempts,
                "now": time.time(),
                **failure_params(failure),
            },
        )

    def _end(self, job: Job, status: JobStatus, failure: Failure | None) -> None:
        self._db.execute(
            "UPDATE jobs SET status = :status, lease_owner = NULL, lease_until = NULL, "
            "error_code = :code, error_message = :message, error_hint = :hint, "
            "updated_at = :now, finished_at = :now WHERE id = :id AND tenant_id = :tenant",
            {
                "id": job.id,
                "tenant": self._tenant,
                "status": status,
                "now": time.time(),
                **failure_params(failure),
            },
        )
        if failure is not None:
            self._jobs.settle_source(job, failure)

    def _held(self, job_id: str, owner: str) -> Job | None:
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE id = :id AND tenant_id = :tenant "
            "AND lease_owner = :owner AND status = 'running'",
            self._params(job_id, owner),
        )
        return to_job(rows[0]) if rows else None

    def _params(self, job_id: str, owner: str) -> dict[str, Any]:
        return {"id": job_id, "tenant": self._tenant, "owner": owner}
