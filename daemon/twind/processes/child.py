"""A child process that answers one request at a time."""

import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, cast

from twind.processes.frames import BrokenFrame, read_frame, write_frame

log = logging.getLogger(__name__)

EXIT_S = 2.0


class ChildDied(Exception):
    """The child ended before it answered; `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the child ended with {exit_code}")
        self.exit_code = exit_code


class ChildTimedOut(Exception):
    """The child did not answer in time and was killed."""


class Child:
    """Runs `python -m module arguments` and talks frames over its standard streams."""

    def __init__(self, module: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environ),
            start_new_session=True,
        )
        self._stdin = cast("IO[bytes]", self._process.stdin)
        self._stdout = cast("IO[bytes]", self._process.stdout)
        log.debug("started %s as process %d", module, self._process.pid)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def request(
        self, header: dict[str, Any], payload: bytes = b"", *, timeout_s: float
    ) -> tuple[dict[str, Any], bytes]:
        """Send a frame and return the answer.

        Raises:
            ChildTimedOut: No answer within `timeout_s`; the child is dead now.
            ChildDied: It ended by itself or answered nonsense; it is dead now.
        """
        timed_out = threading.Event()
        timer = threading.Timer(timeout_s, self._time_out, [timed_out])
        timer.daemon = True
        timer.start()
        try:
            write_frame(self._stdin, header, payload)
            return read_frame(self._stdout)
        except (BrokenFrame, OSError) as error:
            exit_code = self._end()
            if timed_out.is_set():
                raise ChildTimedOut from error
            raise ChildDied(exit_code) from error
        finally:
            timer.cancel()

    def _time_out(self, timed_out: threading.Event) -> None:
        timed_out.set()
        self._process.kill()

    def _end(self) -> int:
        """Give a child that is going down a moment, so that its own exit code is seen."""
        try:
            self._process.wait(timeout=EXIT_S)
        except subprocess.TimeoutExpired:
            log.debug("process %d sent nonsense and stays", self.pid)
        self.kill()
        return self._process.returncode

    def kill(self) -> None:
        """End the child now and free its pipes; again at no harm."""
        self._process.kill()
        self._process.wait()
        self._stdout.close()
        with suppress(BrokenPipeError):
            self._stdin.close()
