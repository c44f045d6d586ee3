"""`twinctl jobs`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import Output, tame
from twinctl.cli.session import session_of
from twinctl.cli.status import tell_problem
from twinctl.client.steps import steps
from twinctl.errors import ApiError, ItemsFailed, Misused
from twinctl.wording import counted, moment

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.jobs import JobLog, JobOut

JobId = Annotated[str, typer.Argument(metavar="JOB", help="Id of a job.")]

_WAIT_S = 60.0

app = group(
    "Background work.",
    "twinctl jobs",
    "twinctl jobs list --status failed",
    "twinctl jobs logs -f job_…",
)


@command(
    app,
    "list",
    "twinctl jobs list",
    "twinctl jobs list --status running",
    "twinctl jobs list --twin ada",
    alias="ls",
)
def list_jobs(
    ctx: typer.Context,
    status: Annotated[
        Literal["queued", "running", "succeeded", "failed", "cancelled"] | None,
        typer.Option(help="Only those."),
    ] = None,
) -> None:
    """List the jobs of all twins of the tenant, or of the one that --twin names."""
    session = session_of(ctx)
    with session.client() as client:
        jobs = list(client.jobs(status=status, twin=session.flags.twin))
        problem = client.status().problem if any(job.finished_at is None for job in jobs) else None
    if problem is not None:
        tell_problem(session.output, problem.model_dump())
    if session.output.as_json:
        session.output.document({"jobs": [job.model_dump(mode="json") for job in jobs]})
        return
    session.output.table(
        ["ID", "KIND", "STATUS", "PROGRESS", "CREATED", "SOURCE"],
        [
            (
                job.id,
                job.kind,
                job.status,
                steps(job),
                moment(job.created_at),
                job.source_id,
            )
            for job in jobs
        ],
    )


@command(app, "show", "twinctl jobs show job_…")
def show_job(ctx: typer.Context, job_id: JobId) -> None:
    """Show a job."""
    session = session_of(ctx)
    with session.client() as client:
        _show(session.output, client.job(job_id))


@command(app, "logs", "twinctl jobs logs job_…", "twinctl jobs logs -f job_…")
def print_logs(
    ctx: typer.Context,
    job_id: JobId,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on until the job has ended.")
    ] = False,
) -> None:
    """Print the log of a job."""
    session = session_of(ctx)
    with session.client() as client:
        if follow and client.job(job_id).status == "queued":
            session.output.notice("The job waits for its turn.")
        lines = _followed(client, job_id) if follow else _logged(client, job_id)
        if session.output.as_json:
            shown = [line.model_dump(mode="json") for line in lines]
            session.output.document({"logs": shown})
            return
        for line in lines:
            said = tame(line.message)
            session.output.part(f"{moment(line.at)}  {line.level:<7}  {said}\n")
        if follow:
            _tell_end(session.output, client.job(job_id))


@command(
    app,
    "cancel",
    "twinctl jobs cancel job_…",
    "twinctl jobs cancel job_… job_…",
    "twinctl jobs cancel --all",
    "twinctl jobs cancel --all --twin ada",
)
def cancel_jobs(
    ctx: typer.Context,
    job_ids: Annotated[
        list[str] | None, typer.Argument(metavar="JOB", help="Ids of jobs.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every job that waits or runs.")] = False,
) -> None:
    """Ask jobs to stop: at once where they wait, at their next step where they run.

    With --all those of all twins of the tenant, or of the one that --twin names.
    """
    session = session_of(ctx)
    if bool(job_ids) == every:
        raise Misused("name the jobs, or give --all", hint="see: twinctl jobs list")
    with session.client() as client:
        if job_ids is None or len(job_ids) > 1:
            with session.output.waiting("cancelling"):
                wanted = _unfinished(client, session.flags.twin) if every else job_ids or ()
                jobs = _cancelled(session.output, client, wanted, must_all=not every)
            _show_cancelled(session.output, jobs)
        else:
            _show(session.output, client.cancel_job(job_ids[0]))


@command(app, "retry", "twinctl jobs retry job_…")
def retry_job(ctx: typer.Context, job_id: JobId) -> None:
    """Queue a job again that failed or was cancelled."""
    session = session_of(ctx)
    with session.client() as client:
        _show(session.output, client.retry_job(job_id))


def _logged(client: "TwinClient", job_id: str) -> "Iterator[JobLog]":
    cursor: str | None = None
    while True:
        page = client.job_logs(job_id, cursor=cursor)
        yield from page.logs
        if page.next_cursor is None:
            return
        cursor = page.next_cursor


def _followed(client: "TwinClient", job_id: str) -> "Iterator[JobLog]":
    """Yield the log as it grows, until the job has ended and all of it was read."""
    from twinctl.client.watch import Watch

    read = 0
    with Watch(client) as watch:
        watch.add(client.job(job_id))
        while True:
            has_ended = not watch.waiting
            lines = list(_logged(client, job_id))
            yield from lines[read:]
            read = len(lines)
            if has_ended:
                return
            while not watch.changed(_WAIT_S):
                pass


def _cancelled(
    output: Output, client: "TwinClient", job_ids: Iterable[str], *, must_all: bool
) -> "list[JobOut]":
    """Cancel jobs; name those that could not be, if all must.

    Raises:
        ItemsFailed: There is one that could not be, but had to.
    """
    jobs, failed = [], 0
    for job_id in job_ids:
        try:
            jobs.append(client.cancel_job(job_id))
        except ApiError as error:
            if must_all:  # else it has ended meanwhile, which is as good
                failed += 1
                output.problem(f"{job_id}: {error.message}")
    if failed:
        raise ItemsFailed(f"{failed} of {counted(failed + len(jobs), 'job')} not cancelled")
    return jobs


def _unfinished(client: "TwinClient", twin: str | None) -> Iterator[str]:
    """Yield those that wait first, so that none of them begins while others are stopped."""
    for status in ("queued", "running"):
        yield from [job.id for job in client.jobs(status=status, twin=twin)]


def _show_cancelled(output: Output, jobs: "Sequence[JobOut]") -> None:
    if output.as_json:
        output.document({"jobs": [job.model_dump(mode="json") for job in jobs]})
        return
    running = sum(job.status == "running" for job in jobs)
    more = f", {running} at the next step" if running else ""
    output.line(f"{counted(len(jobs), 'job')} cancelled{more}.")


def _tell_end(output: Output, job: "JobOut") -> None:
    output.notice(f"The job {job.status}." if job.status != "cancelled" else "It was cancelled.")
    if job.error and job.error.hint:
        output.notice(f"hint: {job.error.hint}")


def _show(output: Output, job: "JobOut") -> None:
    if output.as_json:
        output.document(job)
        return
    output.fields(
        [
            ("id", job.id),
            ("kind", job.kind),
            ("status", job.status),
            ("reason", job.error.message if job.error else None),
            ("hint", job.error.hint if job.error else None),
            ("progress", steps(job)),
            ("attempts", job.attempts),
            ("source", job.source_id),
            ("created", moment(job.created_at)),
            ("started", moment(job.started_at)),
            ("finished", moment(job.finished_at)),
        ]
    )
