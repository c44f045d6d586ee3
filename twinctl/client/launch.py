"""Starting the daemon of a home, waiting until it answers, and stopping it."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from twinctl.client.transport import Transport
from twinctl.errors import ApiError, DaemonUnreachable, NotAllowed
from twinctl.paths import Home

START_S = 20.0
"""Longest wait until a daemon that was started answers."""

_PROBE_S = 5.0
_STEP_S = 0.05
_LAST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A home and the folder that names it, where one was given.

    Attributes:
        root: Folder of `--home` or `TWINCTL_HOME`, absolute; None for the platform's folders.
    """

    home: Home
    root: Path | None = None

    @property
    def command(self) -> list[str]:
        """Command line of the daemon of this home."""
        given = ["--home", str(self.root)] if self.root else []
        return [sys.executable, "-m", "twind.main", *given]


def ready_version(home: Home) -> str | None:
    """Return the version of the daemon that answers, or None where none is ready.

    Raises:
        NotAllowed: The socket belongs to another account.
    """
    with Transport(home.socket, timeout_s=_PROBE_S) as transport:
        try:
            return str(transport.json("GET", "/health/ready")["version"])
        except (ApiError, DaemonUnreachable):
            return None


def is_running(home: Home) -> bool:
    """Return whether a daemon holds the lock of a home, answering or not.

    Raises:
        NotAllowed: The lock belongs to another account.
    """
    try:
        with home.lock.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except PermissionError as error:
        raise NotAllowed(f"you may not read {home.lock}") from error
    return False


def running_pid(home: Home) -> int | None:
    """Return the process of the daemon of a home; None where none runs or it is just ending.

    Raises:
        NotAllowed: The lock belongs to another account.
    """
    if not is_running(home):
        return None
    text = home.lock.read_text("ascii").strip()
    return int(text) if text.isdecimal() else None


def start(place: Place, *, wait_s: float = START_S) -> str:
    """Start the daemon unless one answers; return its version once it is ready.

    Two that start at once do not fight: the daemon that finds the home locked ends, and both
    wait for the one that holds it.

    Raises:
        DaemonUnreachable: It ended at once, or was not ready in time; the hint holds the end
            of its log.
    """
    version = ready_version(place.home)
    if version is not None:
        return version
    log_end = place.home.log.stat().st_size if place.home.log.exists() else 0
    child = _launch(place)
    deadline = time.monotonic() + wait_s
    while time.monotonic() < deadline:
        version = ready_version(place.home)
        if version is not None:
            _end_unless_serving(child, place.home)
            return version
        if child.poll() is not None and not is_running(place.home):
            raise DaemonUnreachable(
                f"the daemon ended at once (exit code {child.returncode})",
                hint=_last_lines(place.home.log, log_end),
            )
        time.sleep(_STEP_S)
    raise DaemonUnreachable(
        f"the daemon was not ready within {wait_s:g} seconds",
        hint=_last_lines(place.home.log, log_end),
    )


def stop(home: Home, *, wait_s: float) -> int | None:
    """Ask the daemon to end and wait until it has; return its pid, or None where none ran.

    Raises:
        DaemonUnreachable: It did not end in time.
        NotAllowed: It belongs to another account.
    """
    # The lock names no process in the moment between taking it and writing into it.
    _wait(lambda: running_pid(home) is not None or not is_running(home), _PROBE_S)
    pid = running_pid(home)
    if pid is None:
        return None
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return pid
    except PermissionError as error:
        raise NotAllowed(f"process {pid} belongs to another account") from error
    if not _wait(lambda: not is_running(home), wait_s):
        raise DaemonUnreachable(
            f"the daemon (process {pid}) did not end within {wait_s:g} seconds",
            hint=f"kill -9 {pid}",
        )
    return pid


def _launch(place: Place) -> subprocess.Popen[bytes]:
    log = place.home.log
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
            place.command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            start_new_session=True,
        )
    finally:
        os.close(descriptor)


def _end_unless_serving(child: "subprocess.Popen[bytes]", home: Home) -> None:
    """End a daemon that came too late, before it takes over from the one that is soon stopped."""
    if running_pid(home) not in {None, child.pid}:
        child.terminate()


def _wait(is_done: Callable[[], bool], wait_s: float) -> bool:
    deadline = time.monotonic() + wait_s
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP_S)
    return True


def _last_lines(log: Path, start: int) -> str:
    """Return the end of what was logged since the file had `start` bytes."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode("utf-8", errors="replace").splitlines()
    return "\n".join([f"the end of {log}:", *lines[-_LAST_LINES:]])
