"""One daemon a home: the lock it holds and the socket it listens on."""

import fcntl
import os
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from twinctl.paths import Home, unusable
from twind.errors import Conflict, InvalidInput

BACKLOG = 256
LONGEST_ADDRESS = 100
_LONGEST_PID = 20
LOCK_TRIES = 5
LOCK_PAUSE_S = 0.05


def make_folders(home: Home) -> None:
    """Create the folders of a home, for the owner alone.

    Raises:
        InvalidInput: A folder cannot be made or belongs to somebody else.
    """
    for folder in (home.data, home.config.parent, home.log.parent, home.runtime, home.blobs):
        with _writing(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    runtime = home.runtime.stat()
    if runtime.st_uid != os.getuid():
        raise InvalidInput(f"{home.runtime} belongs to another user")
    home.runtime.chmod(0o700)


@contextmanager
def only_instance(home: Home) -> Iterator[None]:
    """Hold the lock of a home; the file contains the process id while it is held.

    Raises:
        Conflict: Another daemon holds it; the message names its process.
        InvalidInput: The file cannot be written.
    """
    with _writing(home.lock):
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(descriptor):
            holder = os.read(descriptor, _LONGEST_PID).decode("ascii").strip()
            raise Conflict(
                f"a daemon already runs for this home, as process {holder}",
                hint="stop it with: twinctl daemon stop",
            )
        with _writing(home.lock):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode("ascii"))
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Tell what hinders writing in a home as something that its owner can change."""
    try:
        yield
    except OSError as error:
        message, hint = unusable(place, error)
        raise InvalidInput(message, hint=hint) from error


def _lock(descriptor: int) -> bool:
    """Take the lock; whoever only looks whether it is held has it for a moment."""
    for _ in range(LOCK_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(LOCK_PAUSE_S)
    return False


@contextmanager
def listening_socket(path: Path) -> Iterator[socket.socket]:
    """Listen on a UNIX socket that the owner alone can open; it is gone afterwards.

    The caller holds the lock of the home, so a socket that is already there is a dead one.

    Raises:
        InvalidInput: Something that is not a socket lies there, or none can be made.
    """
    if path.exists() and not stat.S_ISSOCK(path.lstat().st_mode):
        raise InvalidInput(f"{path} is in the way: it is not a socket")
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        before = os.umask(0o177)
        try:
            with _writing(path):
                _bind(listener, path)
        finally:
            os.umask(before)
        listener.listen(BACKLOG)
        try:
            yield listener
        finally:
            path.unlink(missing_ok=True)


def _bind(listener: socket.socket, path: Path) -> None:
    """Bind by the path, or through a descriptor of its folder where it is too long."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        listener.bind(str(path))
        return
    if not Path("/proc/self/fd").is_dir():
        raise InvalidInput(
            f"the path of the socket is too long: {path}",
            hint="choose a shorter home with --home or TWINCTL_HOME",
        )
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)
