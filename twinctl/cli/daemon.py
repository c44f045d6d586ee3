"""`twinctl daemon`."""

import os
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import tame
from twinctl.cli.session import Session, session_of
from twinctl.cli.status import describe_daemon, read_status
from twinctl.errors import ConfigInvalid, ExitCode

SPARE_S = 10.0
"""How much longer than its drain the daemon may take to end."""

_LAST_LINES = 200
_LAST_BYTES = 2**20
_LOOK_S = 0.3

app = group(
    "The background process that keeps the store and does the work.",
    "twinctl daemon",
    "twinctl daemon restart",
    "twinctl daemon logs -f",
)


@command(app, "start", "twinctl daemon start")
def start_daemon(ctx: typer.Context) -> None:
    """Start the daemon in the background and wait until it is ready."""
    from twinctl.client.launch import ready_version

    session = session_of(ctx)
    was_ready = ready_version(session.home) is not None
    session.start_daemon()
    _tell(session, "The daemon was running already" if was_ready else "The daemon is ready")


@command(app, "stop", "twinctl daemon stop")
def stop_daemon(ctx: typer.Context) -> None:
    """Stop the daemon; running jobs reach a checkpoint first and go on at the next start."""
    session = session_of(ctx)
    pid = _stop(session)
    if session.output.as_json:
        session.output.document(read_status(session)["daemon"])
    else:
        session.output.line("The daemon was not running." if pid is None else "Stopped.")


@command(app, "restart", "twinctl daemon restart")
def restart_daemon(ctx: typer.Context) -> None:
    """Stop the daemon if it runs, and start it."""
    session = session_of(ctx)
    _check_settings(session)
    _stop(session)
    session.start_daemon()
    _tell(session, "The daemon is ready")


@command(app, "status", "twinctl daemon status --json")
def show_daemon(ctx: typer.Context) -> None:
    """Show whether the daemon runs; ends with 3 where it does not."""
    session = session_of(ctx)
    daemon = read_status(session)["daemon"]
    if session.output.as_json:
        session.output.document(daemon)
    elif daemon["running"]:
        session.output.line(describe_daemon(daemon))
    else:
        session.output.line("The daemon is not running.")
    if not daemon["running"]:
        raise typer.Exit(ExitCode.UNREACHABLE)


@command(app, "run", "twinctl daemon run")
def run_daemon(ctx: typer.Context) -> None:
    """Run the daemon in the foreground, for a service manager or to watch it."""
    line = session_of(ctx).place.command
    os.execv(line[0], line)  # noqa: S606 - our own interpreter with our own module


@command(app, "logs", "twinctl daemon logs", "twinctl daemon logs -f")
def show_logs(
    ctx: typer.Context,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as lines come.")] = False,
) -> None:
    """Print the last lines of the daemon's log."""
    session = session_of(ctx)
    log = session.home.log
    if session.output.as_json:
        session.output.document({"path": str(log), "lines": list(_last_lines(log))})
        return
    session.output.detail(str(log))
    for line in _followed(log) if follow else _last_lines(log):
        session.output.part(tame(line) + "\n")


def _check_settings(session: Session) -> None:
    """See that a daemon could start again, before the one that runs is stopped.

    Raises:
        ConfigInvalid: The settings cannot be read.
    """
    _ = session.settings


def _stop(session: Session) -> int | None:
    from twinctl.client.launch import stop

    return stop(session.home, wait_s=_drain_s(session) + SPARE_S)


def _drain_s(session: Session) -> float:
    """Return how long running jobs get: to stop a daemon, its settings need not be right."""
    from twinctl.wire.settings import BY_KEY

    key = "daemon.drain_s"
    try:
        return float(session.settings[key].value)
    except ConfigInvalid:
        return float(BY_KEY[key].default)


def _tell(session: Session, news: str) -> None:
    daemon = read_status(session)["daemon"]
    if session.output.as_json:
        session.output.document(daemon)
    else:
        session.output.line(f"{news}: process {daemon['pid']}.")


def _last_lines(log: Path) -> Iterator[str]:
    if log.exists():
        with log.open(encoding="utf-8", errors="replace") as file:
            yield from _end_of(file)


def _end_of(file: TextIO) -> Iterator[str]:
    """Yield the last lines, without reading all of a log that grew for years."""
    size = os.fstat(file.fileno()).st_size
    if size > _LAST_BYTES:
        file.seek(size - _LAST_BYTES)
        file.readline()  # from wherever within it
    yield from (line.rstrip("\n") for line in deque(file, _LAST_LINES))


def _followed(log: Path) -> Iterator[str]:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    log.touch(mode=0o600)
    with log.open(encoding="utf-8", errors="replace") as file:
        yield from _end_of(file)
        while True:
            line = file.readline()
            if line:
                yield line.rstrip("\n")
            else:
                time.sleep(_LOOK_S)
