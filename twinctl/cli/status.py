"""`twinctl status`.

It reads the answer without the wire models: importing pydantic would take most of its time.
"""

from collections.abc import Iterator
from typing import Any

import typer

from twinctl.cli.command import command, single
from twinctl.cli.output import Output
from twinctl.cli.session import Session, session_of
from twinctl.errors import DaemonUnreachable
from twinctl.wording import counted, duration, size

NOT_RUNNING: dict[str, Any] = {
    "daemon": dict.fromkeys(("running", "pid", "version", "uptime_s", "rss_bytes"))
    | {"running": False},
    "store": None,
    "jobs": None,
    "models": None,
    "indexes": None,
    "problem": None,
}

app = single()


@command(app, "status", "twinctl status", "twinctl status --json")
def show_status(ctx: typer.Context) -> None:
    """Show how the daemon, the store, the jobs and the models are. Starts nothing."""
    session = session_of(ctx)
    status = read_status(session)
    if session.output.as_json:
        session.output.document(status)
    elif status["daemon"]["running"]:
        _show(session.output, status)
    else:
        session.output.line("The daemon is not running.")
        session.output.notice("hint: twinctl daemon start")


def read_status(session: Session) -> dict[str, Any]:
    """Return what `GET /health` answers, or the status of a daemon that does not run."""
    try:
        with session.machine(start=False) as transport:
            status: dict[str, Any] = transport.json("GET", "/health")
    except DaemonUnreachable:
        return NOT_RUNNING
    return status


def describe_daemon(daemon: dict[str, Any]) -> str:
    """Return the state of the process in one line."""
    return (
        f"running for {duration(daemon['uptime_s'])}, process {daemon['pid']}, "
        f"version {daemon['version']}, {size(daemon['rss_bytes'])} of memory"
    )


def _show(output: Output, status: dict[str, Any]) -> None:
    store, jobs, models = status["store"], status["jobs"], status["models"]
    held = ", ".join(counted(store[f"{noun}s"], noun) for noun in ("twin", "source", "chunk"))
    waiting = ", ".join(f"{jobs[each]} {each}" for each in ("queued", "running", "failed"))
    output.fields(
        [
            ("daemon", describe_daemon(status["daemon"])),
            ("store", f"{store['kind']}, {size(store['bytes'])}: {held}"),
            ("jobs", waiting),
            ("embedding", models["embedding"] or "none: full text answers alone"),
            ("generator", models["generator"]),
            *_building(status["indexes"]),
        ]
    )
    if status["problem"]:
        tell_problem(output, status["problem"])


def tell_problem(output: Output, problem: dict[str, Any]) -> None:
    """Say what keeps jobs from going on, and the way out."""
    output.notice(f"notice: jobs wait: {problem['message']}")
    if problem["hint"]:
        output.notice(f"hint: {problem['hint']}")


def _building(indexes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield whose vectors are being made; those that answer are of the embedding model else."""
    for index in indexes:
        if index["building"]:
            whose = f" of {index['tenant']}" if len(indexes) > 1 else ""
            done = f"{index['building']} has made {index['made']} of {index['chunks']}"
            answers = f"; {index['active']} answers meanwhile" if index["active"] else ""
            yield f"vectors{whose}", done + answers
