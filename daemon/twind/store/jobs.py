"""Jobs of one tenant as their owner sees them: adding, watching, cancelling, trying again."""

import json
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from twind.domain.ids import new_id
from twind.domain.jobs import Failure, Job, JobLog, JobStatus
from twind.domain.pages import Page
from twind.errors import Conflict, NotFound
from twind.store.database import Database, Row, in_list
from twind.store.paging import AFTER_ALL, BEFORE_ALL, parse_cursor, to_page
from twind.store.rows import JOB, to_job
from twind.store.scope import twin_key
from twind.store.sources import SourceTable

CANCELLED = Failure(
    code="cancelled", message="the work was cancelled", hint="do it again with: twinctl jobs retry"
)


class JobTable:
    """Jobs and their logs. Whoever works on a job uses `twind.store.leases`."""

    def __init__(self, db: Database, tenant_id: str, sources: SourceTable) -> None:
        self._db = db
        self._tenant = tenant_id
        self._sources = sources

    def add(
        self,
        kind: str,
        twin_id: str | None = None,
        source_id: str | None = None,
        payload: Mapping[str, Any] | None = None,
    ) -> Job:
        """Queue work; one job of a kind waits for a source, or for none, with the newest payload.

        Raises:
            NotFound: No such twin or source.
        """
        with self._db.transaction():
            if twin_id is not None:
                twin_key(self._db, self._tenant, twin_id)
            rows = self._db.rows(
                "INSERT INTO jobs (id, tenant_id, kind, status, source_id, twin_id, payload, "
                "run_at, created_at, updated_at) VALUES (:id, :tenant, :kind, 'queued', :source, "
                ":twin, :payload, :now, :now, :now) "
                "ON CONFLICT (tenant_id, coalesce(source_id, ''), kind) "
                "WHERE status = 'queued' DO UPDATE SET "
                "payload = excluded.payload, run_at = excluded.run_at, "
                f"updated_at = excluded.updated_at RETURNING {JOB}",
                {
                    **self._params(new_id("job")),
                    "kind": kind,
                    "source": source_id,
                    "twin": twin_id,
                    "payload": json.dumps(dict(payload or {})),
                    "now": time.time(),
                },
            )
            job = to_job(rows[0])
            if source_id is not None and not self._sources.begin(source_id, job.id):
                raise NotFound(f"there is no source {source_id}")
        return job

    def get(self, job_id: str) -> Job:
        """Return a job.

        Raises:
            NotFound: No such job.
        """
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE id = :id AND tenant_id = :tenant",
            self._params(job_id),
        )
        if not rows:
            raise no_job(job_id)
        return to_job(rows[0])

    def some(self, job_ids: Iterable[str]) -> dict[str, Job]:
        """Return those of the jobs that there are, by id."""
        ids, params = in_list("id", job_ids)
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE id IN {ids} AND tenant_id = :tenant ORDER BY key",
            {**params, "tenant": self._tenant},
        )
        return {row["id"]: to_job(row) for row in rows}

    def list(
        self,
        *,
        cursor: str | None = None,
        limit: int = 100,
        status: JobStatus | None = None,
        twins: Collection[str] = (),
    ) -> Page[Job]:
        """Return a page of jobs, newest first.

        Args:
            cursor: Where the page before ended.
            limit: Jobs at most.
            status: Only those.
            twins: Only those of these twins, by id; empty for all.

        Raises:
            InvalidInput: The cursor is none.
        """
        wanted, params = in_list("twin", twins)
        of_twins = f"AND twin_id IN {wanted} " if twins else ""
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE tenant_id = :tenant AND key < :before {of_twins}"
            "AND (:status IS NULL OR status = :status) ORDER BY key DESC LIMIT :limit",
            {
                **params,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "status": status,
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, to_job)

    def unfinished(self, kind: str) -> Sequence[Job]:
        """Return the jobs of a kind that wait or run, oldest first."""
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE tenant_id = :tenant "
            "AND status IN ('queued', 'running') AND kind = :kind ORDER BY key",
            {"tenant": self._tenant, "kind": kind},
        )
        return [to_job(row) for row in rows]

    def counts(self) -> dict[JobStatus, int]:
        """Return how many jobs there are of each status."""
        rows = self._db.rows(
            "SELECT status, count(*) AS jobs FROM jobs WHERE tenant_id = :tenant GROUP BY status",
            {"tenant": self._tenant},
        )
        found = {row["status"]: row["jobs"] for row in rows}
        return {status: found.get(status, 0) for status in JobStatus}

    def log(self, job_id: str, lines: Iterable[JobLog]) -> int:
        """Append lines to the log of a job and return how many."""
        return self._db.executemany(
            "INSERT INTO job_logs (tenant_id, job_id, at, level, message) "
            "SELECT tenant_id, id, :at, :level, :message FROM jobs "
            "WHERE id = :id AND tenant_id = :tenant",
            [
                {
                    **self._params(job_id),
                    "at": line.at,
                    "level": line.level,
                    "message": line.message,
                }
                for line in lines
            ],
        )

    def logs(self, job_id: str, *, cursor: str | None = None, limit: int = 1000) -> Page[JobLog]:
        """Return a page of the log of a job, oldest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            "SELECT key, at, level, message FROM job_logs "
            "WHERE job_id = :id AND tenant_id = :tenant AND key > :after "
            "ORDER BY key LIMIT :limit",
            {
                **self._params(job_id),
                "after": parse_cursor(cursor, BEFORE_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_line)

    def cancel(self, job_id: str) -> Job:
        """End a queued job at once; ask the worker of a running one to end it.

        Raises:
            NotFound: No such job.
            Conflict: It has ended already.
        """
        with self._db.transaction():
            job = self.get(job_id)
            params = {**self._params(job_id), "now": time.time()}
            if job.status is JobStatus.QUEUED:
                self._db.execute(
                    "UPDATE jobs SET status = 'cancelled', cancel_requested = 1, "
                    "updated_at = :now, finished_at = :now WHERE id = :id AND tenant_id = :tenant",
                    params,
                )
                self.settle_source(job, CANCELLED)
            elif job.status is JobStatus.RUNNING:
                self._db.execute(
                    "UPDATE jobs SET cancel_requested = 1, updated_at = :now "
                    "WHERE id = :id AND tenant_id = :tenant",
                    params,
                )
            else:
                raise Conflict(f"job {job_id} has {job.status} already")
            return self.get(job_id)

    def cancel_requested(self, job_id: str) -> bool:
        """Return whether the owner wants the job to end."""
        rows = self._db.rows(
            "SELECT cancel_requested FROM jobs WHERE id = :id AND tenant_id = :tenant",
            self._params(job_id),
        )
        return bool(rows and rows[0]["cancel_requested"])

    def retry(self, job_id: str) -> Job:
        """Queue a job again that failed or was cancelled, with all its attempts.

        Where its source has a queued job of that kind already, that one is returned.

        Raises:
            NotFound: No such job, or its source is gone.
            Conflict: It neither failed nor was cancelled.
        """
        with self._db.transaction():
            job = self.get(job_id)
            if job.status not in {JobStatus.FAILED, JobStatus.CANCELLED}:
                raise Conflict(f"job {job_id} is {job.status}; there is nothing to try again")
            if job.source_id is not None and not self._sources.begin(job.source_id, job_id):
                raise NotFound(f"the source of job {job_id} is gone")
            queued = self.queued_beside(job)
            if queued is not None:
                return self.add(job.kind, job.twin_id, job.source_id, queued.payload)
            self._db.execute(
                "UPDATE jobs SET status = 'queued', attempts = 0, cancel_requested = 0, "
                "run_at = :now, updated_at = :now, started_at = NULL, finished_at = NULL, "
                "error_code = NULL, error_message = NULL, error_hint = NULL "
                "WHERE id = :id AND tenant_id = :tenant",
                {**self._params(job_id), "now": time.time()},
            )
            return self.get(job_id)

    def queued_beside(self, job: Job) -> Job | None:
        """Return the queued job that does the same as `job`, other than itself."""
        rows = self._db.rows(
            f"SELECT {JOB} FROM jobs WHERE kind = :kind "
            "AND coalesce(source_id, '') = coalesce(:source, '') "
            "AND status = 'queued' AND id <> :id AND tenant_id = :tenant",
            {**self._params(job.id), "source": job.source_id, "kind": job.kind},
        )
        return to_job(rows[0]) if rows else None

    def settle_source(self, job: Job, failure: Failure) -> None:
        """Note on the source why its latest job ended without success."""
        rows = self._db.rows(
            "SELECT id FROM sources WHERE job_id = :id AND tenant_id = :tenant",
            self._params(job.id),
        )
        for row in rows:
            self._sources.fail(row["id"], failure)

    def _params(self, job_id: str) -> dict[str, Any]:
        return {"id": job_id, "tenant": self._tenant}


def no_job(job_id: str) -> NotFound:
    """Return the error that says so."""
    return NotFound(f"there is no job {job_id}", hint="see: twinctl jobs list")


def _to_line(row: Row) -> JobLog:
    return JobLog(at=row["at"], level=row["level"], message=row["message"])
