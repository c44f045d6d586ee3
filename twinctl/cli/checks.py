"""What `doctor` looks at on this side of the socket; each finding says the way out."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from twinctl import __version__
from twinctl.cli.session import Session
from twinctl.client.launch import ready_version, running_pid
from twinctl.errors import ConfigInvalid, DaemonUnreachable, TwinctlError
from twinctl.paths import Home
from twinctl.wire.system import Check
from twinctl.wording import size

OLDEST_PYTHON = (3, 11)
LITTLE_BYTES = 1_000_000_000
TOO_LITTLE_BYTES = 100_000_000

_OTHERS = 0o077


def local_checks(session: Session) -> Iterator[Check]:
    """Yield the findings that need no daemon."""
    yield _python()
    yield _settings(session)
    yield from _permissions(session.home)
    yield _disk(session.home.data)


def daemon_check(session: Session) -> Check:
    """Return whether a daemon of this version answers; one is started if that is allowed."""
    home = session.home
    try:
        version = ready_version(home)
        if version is None:
            with session.machine():
                version = ready_version(home)
    except TwinctlError as error:
        return _unanswering(home, error)
    if version != __version__:
        return Check(
            name="daemon",
            state="warning",
            message=f"version {version} runs, this is {__version__}",
            hint="twinctl daemon restart",
        )
    return Check(
        name="daemon", state="ok", message=f"process {running_pid(home)}, version {version}"
    )


def _unanswering(home: Home, error: TwinctlError) -> Check:
    pid = running_pid(home)
    if pid is not None and isinstance(error, DaemonUnreachable):
        return Check(
            name="daemon",
            state="failed",
            message=f"process {pid} holds the lock but does not answer",
            hint="twinctl daemon restart",
        )
    return Check(name="daemon", state="failed", message=error.message, hint=error.hint)


def repair(home: Home) -> None:
    """Take from other accounts what they may do in the home, and remove a socket nobody serves."""
    for path in _private(home):
        if path.exists():
            path.chmod(path.stat().st_mode & ~_OTHERS)
    if home.socket.exists() and running_pid(home) is None:
        home.socket.unlink()


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(str(part) for part in OLDEST_PYTHON)
        return Check(
            name="python",
            state="failed",
            message=f"{version} is too old",
            hint=f"install twinctl with Python {oldest} or newer",
        )
    return Check(name="python", state="ok", message=version)


def _settings(session: Session) -> Check:
    path = session.home.config
    try:
        changed = sum(held.origin != "default" for held in session.settings.values())
    except ConfigInvalid as error:
        return Check(name="config", state="failed", message=error.message, hint=error.hint)
    return Check(name="config", state="ok", message=f"{path}, {changed} set")


def _permissions(home: Home) -> Iterator[Check]:
    open_to_others = [
        f"{path} is {path.stat().st_mode & 0o777:04o}"
        for path in _private(home)
        if path.exists() and path.stat().st_mode & _OTHERS
    ]
    if open_to_others:
        yield Check(
            name="permissions",
            state="failed",
            message="other accounts can get at it: " + "; ".join(open_to_others),
            hint="twinctl doctor --fix",
        )
    else:
        yield Check(name="permissions", state="ok", message=f"{home.data} is private")
    if home.socket.exists() and running_pid(home) is None:
        yield Check(
            name="socket",
            state="warning",
            message=f"{home.socket} was left by a daemon that is gone",
            hint="twinctl doctor --fix",
        )


def _private(home: Home) -> tuple[Path, ...]:
    """Return what only the owner may touch."""
    return (
        home.data,
        home.runtime,
        home.socket,
        home.config,
        home.endpoint_key,
        home.database,
        home.history,
        home.log,
    )


def _disk(folder: Path) -> Check:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    message = f"{size(free)} free at {there}"
    if free < TOO_LITTLE_BYTES:
        return Check(name="disk", state="failed", message=message, hint="make room")
    if free < LITTLE_BYTES:
        return Check(name="disk", state="warning", message=message, hint="make room")
    return Check(name="disk", state="ok", message=message)
