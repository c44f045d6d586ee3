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
from twinctl.paths import Home, unusable

PATIENCE_S = 20.0
"""Longest wait for a daemon that was started, before somebody is told that it takes long."""
LONGEST_S = 600.0
"""Longest wait after that, for one that lives: it may move a large store to a new version."""

_PROBE_S = 5.0
_STEP_S = 0.05
_LAST_LINES = 12
_LOOK = "see what it does: twinctl daemon logs -f"


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
    except (FileNotFoundError, NotADirectoryError):
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


def start(
    place: Place,
    tell: Callable[[str], None],
    *,
    patience_s: float = PATIENCE_S,
    longest_s: float = LONGEST_S,
) -> str:
    """Start the daemon unless one answers; return its version once it is ready.

    Two that start at once do not fight: the daemon that finds the home locked ends, and both
    wait for the one that holds it.

    Args:
        place: Its home.
        tell: Takes a notice if it is not ready after `patience_s`.
        patience_s: Longest wait for a daemon that somebody else started.
        longest_s: Longest wait, after that, for the one that is started here.

    Raises:
        DaemonUnreachable: Its home cannot be used; or it ended, and the hint holds the end of its
            log; or it lives and does not answer yet, and goes on by itself.
        NotAllowed: Its home may not be written by this account.
    """
    version = ready_version(place.home)
    if version is not None:
        return version
    log_end = place.home.log.stat().st_size if place.home.log.exists() else 0
    child = _launch(place)
    version = _ready_within(patience_s, child, place.home, log_end)
    if version is None and child.poll() is None:
        tell(f"notice: the daemon (process {child.pid}) is still starting\nhint: {_LOOK}")
        version = _ready_within(longest_s, child, place.home, log_end)
    if version is None:
        pid = running_pid(place.home) or child.pid
        raise DaemonUnreachable(f"the daemon (process {pid}) does not answer yet", hint=_LOOK)
    _end_unless_serving(child, place.home)
    return version


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
    descriptor = _opened(place.home.log)
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


def _opened(log: Path) -> int:
    """Return the log, which is made with its folder where there is none, open to append to.

    Raises:
        NotAllowed: This account may not write there.
        DaemonUnreachable: The home cannot be used, so that no daemon can be started.
    """
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        message, hint = unusable(log, error)
        kind = NotAllowed if isinstance(error, PermissionError) else DaemonUnreachable
        raise kind(message, hint=hint) from error


def _ready_within(
    wait_s: float, child: "subprocess.Popen[bytes]", home: Home, log_end: int
) -> str | None:
    """Return the version of the daemon that answers, or None if none does in time.

    Raises:
        DaemonUnreachable: The child ended, and no other daemon runs.
    """
    deadline = time.monotonic() + wait_s
    while (version := ready_version(home)) is None:
        if child.poll() is not None and not is_running(home):
            raise DaemonUnreachable(
                f"the daemon ended before it was ready (exit code {child.returncode})",
                hint=_last_lines(home.log, log_end),
            )
        if time.monotonic() > deadline:
            return None
        time.sleep(_STEP_S)
    return version


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
    if not lines:
        return f"see what is wrong: twinctl doctor; {log} says nothing"
    return "\n".join([f"the end of {log}:", *lines[-_LAST_LINES:]])
