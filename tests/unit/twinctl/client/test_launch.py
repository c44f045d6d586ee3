"""A daemon that takes long to start, or never answers."""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from twinctl import __version__
from twinctl.client.launch import Place, running_pid, start, stop
from twinctl.errors import DaemonUnreachable
from twinctl.paths import Home, find_home

pytestmark = pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")

STOP_S = 60.0

WAIT_FOR = """
import os, sys
open(sys.argv[1]).read(1)
os.execv(sys.executable, [sys.executable, "-m", "twind.main", "--home", sys.argv[2]])
"""
HOLD = """
import fcntl, os, signal, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
file.write(str(os.getpid()))
file.flush()
signal.pause()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPlace(Place):
    """A home whose daemon is another program."""

    program: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> list[str]:
        """Its command line."""
        return [sys.executable, "-c", self.program, *self.arguments]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Yield a home in which no daemon is left running."""
    found = find_home(str(tmp_path / "home"))
    found.data.mkdir(parents=True)
    found.config.write_text('[models]\nembedding = "none"\n')
    yield found
    stop(found, wait_s=STOP_S)


def test_a_daemon_that_takes_long_is_waited_for_and_told_of(home: Home, tmp_path: Path) -> None:
    go, told = tmp_path / "go", list[str]()
    os.mkfifo(go)
    slow = OtherPlace(home=home, program=WAIT_FOR, arguments=(str(go), str(home.data)))
    with go.open("r+b", buffering=0) as gate:

        def tell(notice: str) -> None:
            told.append(notice)
            gate.write(b"!")

        assert start(slow, tell, patience_s=0) == __version__
    (notice,) = told
    assert notice.startswith(f"notice: the daemon (process {running_pid(home)}) is still starting")
    assert "twinctl daemon logs -f" in notice


def test_a_daemon_that_lives_and_does_not_answer_is_not_called_dead(home: Home) -> None:
    stuck = OtherPlace(home=home, program=HOLD, arguments=(str(home.lock),))

    message, hint = failure(stuck, longest_s=0)

    wait_until(lambda: running_pid(home) is not None)
    pid = running_pid(home)
    assert pid is not None
    assert message == f"the daemon (process {pid}) does not answer yet"
    assert hint == "see what it does: twinctl daemon logs -f"
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: running_pid(home) is None)


def test_a_daemon_that_ends_leaves_the_end_of_its_log(home: Home) -> None:
    broken = OtherPlace(home=home, program="raise SystemExit('no room')", arguments=())

    message, hint = failure(broken, longest_s=STOP_S)

    assert message == "the daemon ended before it was ready (exit code 1)"
    assert hint.endswith("no room")


def failure(place: Place, *, longest_s: float) -> tuple[str, str]:
    """Start a daemon that does not come; return what is said and the hint."""
    try:
        start(place, lambda _: None, patience_s=0, longest_s=longest_s)
    except DaemonUnreachable as error:
        return error.message, error.hint or ""
    raise AssertionError("it was ready")
