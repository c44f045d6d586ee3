"""Routes of jobs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from twinctl.wire.jobs import JobLog, JobLogs, JobOut, JobPage, Progress
from twind.api.context import ServicesDep, TenantDep, TwinsDep
from twind.api.failures import failure_out
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.jobs import Job, JobStatus
from twind.domain.keys import Scope
from twind.serving.scopes import GrantDep, needs
from twind.serving.times import moment, moment_or_none
from twind.store.jobs import no_job

router = APIRouter(prefix="/jobs", tags=["jobs"])


def job_of(tenant: TenantDep, grant: GrantDep, job_id: str) -> Job:
    """Return the job that the path names.

    Raises:
        NotFound: No such job, or it is beyond the reach of the key.
    """
    job = tenant.jobs.get(job_id)
    if not grant.reaches(job.twin_id):
        raise no_job(job_id)
    return job


JobDep = Annotated[Job, Depends(job_of)]


@router.get("", dependencies=[needs(Scope.SOURCES_READ)])
def list_jobs(
    tenant: TenantDep,
    twins: TwinsDep,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
    status: Annotated[JobStatus | None, Query(description="Only these")] = None,
) -> JobPage:
    """List jobs, newest first: of all twins unless the query names one."""
    page = tenant.jobs.list(limit=limit, cursor=cursor, status=status, twins=twins)
    return JobPage(jobs=[job_out(job) for job in page], next_cursor=page.next_cursor)


@router.get("/{job_id}", dependencies=[needs(Scope.SOURCES_READ)])
def show_job(job: JobDep) -> JobOut:
    """Show a job."""
    return job_out(job)


@router.get("/{job_id}/logs", dependencies=[needs(Scope.SOURCES_READ)])
def job_logs(
    tenant: TenantDep, job: JobDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> JobLogs:
    """Return lines of a job's log, oldest first."""
    page = tenant.jobs.logs(job.id, limit=limit, cursor=cursor)
    logs = [JobLog(at=moment(line.at), level=line.level, message=line.message) for line in page]
    return JobLogs(logs=logs, next_cursor=page.next_cursor)


@router.post("/{job_id}/cancel", dependencies=[needs(Scope.SOURCES_WRITE)])
def cancel_job(tenant: TenantDep, job: JobDep) -> JobOut:
    """Cancel a job: at once when it waits, at its next checkpoint when it runs."""
    return job_out(tenant.jobs.cancel(job.id))


@router.post("/{job_id}/retry", dependencies=[needs(Scope.SOURCES_WRITE)])
def retry_job(tenant: TenantDep, job: JobDep, services: ServicesDep) -> JobOut:
    """Queue a job again that failed or was cancelled."""
    again = tenant.jobs.retry(job.id)
    services.loop.notify()
    return job_out(again)


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
