"""Routes of jobs."""

from typing import Annotated

from fastapi import APIRouter, Query

from twinctl.wire.jobs import JobLog, JobLogs, JobOut, JobPage, Progress
from twind.api.context import ServicesDep, TenantDep
from twind.api.failures import failure_out
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.jobs import Job, JobStatus
from twind.serving.times import moment, moment_or_none

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("")
def list_jobs(
    tenant: TenantDep,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
    status: Annotated[JobStatus | None, Query(description="Only these")] = None,
) -> JobPage:
    """List jobs, newest first."""
    page = tenant.jobs.list(limit=limit, cursor=cursor, status=status)
    return JobPage(jobs=[job_out(job) for job in page], next_cursor=page.next_cursor)


@router.get("/{job_id}")
def show_job(tenant: TenantDep, job_id: str) -> JobOut:
    """Show a job."""
    return job_out(tenant.jobs.get(job_id))


@router.get("/{job_id}/logs")
def job_logs(
    tenant: TenantDep, job_id: str, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> JobLogs:
    """Return lines of a job's log, oldest first."""
    tenant.jobs.get(job_id)
    page = tenant.jobs.logs(job_id, limit=limit, cursor=cursor)
    logs = [JobLog(at=moment(line.at), level=line.level, message=line.message) for line in page]
    return JobLogs(logs=logs, next_cursor=page.next_cursor)


@router.post("/{job_id}/cancel")
def cancel_job(tenant: TenantDep, job_id: str) -> JobOut:
    """Cancel a job: at once when it waits, at its next checkpoint when it runs."""
    return job_out(tenant.jobs.cancel(job_id))


@router.post("/{job_id}/retry")
def retry_job(tenant: TenantDep, job_id: str, services: ServicesDep) -> JobOut:
    """Queue a job again that failed or was cancelled."""
    job = tenant.jobs.retry(job_id)
    services.loop.notify()
    return job_out(job)


def job_out(job: Job) -> JobOut:
    """Return a job as it travels."""
    return JobOut(
        id=job.id,
        kind=job.kind,
        status=job.status,
        source_id=job.source_id,
        attempts=job.attempts,
        progress=Progress(done=job.done, total=job.total),
        error=failure_out(job.error),
        created_at=moment(job.created_at),
        started_at=moment_or_none(job.started_at),
        finished_at=moment_or_none(job.finished_at),
    )
