"""A child process that answers requests."""

import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader
from typing import IO, Any, cast

from twind.processes.frames import PROGRESS, BrokenFrame, read_frame, write_frame

log = logging.getLogger(__name__)

EXIT_S = 2.0

OnProgress = Callable[[int, int], None]


class ChildDied(Exception):
    """The child ended before it answered; `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the child ended with {exit_code}")
        self.exit_code = exit_code


class ChildTimedOut(Exception):
    """The child did not answer in time and was killed."""


class Child:
    """Runs `python -m module arguments` and talks frames over its standard streams.

    Either one request after the other, by `request`; or many at once, by `send` under a lock and
    `receive` in one thread.
    """

    def __init__(self, module: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environ),
            start_new_session=True,
        )
        self._stdin = cast("IO[bytes]", self._process.stdin)
        # Nothing is read ahead, so that the pipe itself tells whether there is more.
        self._stdout = cast("IO[bytes]", cast("BufferedReader", self._process.stdout).detach())
        log.debug("started %s as process %d", module, self._process.pid)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def request(
        self,
        header: dict[str, Any],
        payload: bytes = b"",
        *,
        timeout_s: float,
        on_progress: OnProgress | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """Send a frame and return the answer.

        `on_progress` is called whenever the child tells how many steps of all are done; what it
        raises comes through, and the child is dead then.

        Raises:
            ChildTimedOut: Neither answer nor progress within `timeout_s`; the child is dead now.
            ChildDied: It ended by itself or answered nonsense; it is dead now.
        """
        try:
            with self._pipes(timeout_s) as pipes:
                write_frame(pipes, header, payload)
                answer = _read(pipes)
            while PROGRESS in answer[0]:
                if on_progress:
                    on_progress(*answer[0][PROGRESS])
                with self._pipes(timeout_s) as pipes:
                    answer = _read(pipes)
        except BaseException:
            self.kill()
            raise
        return answer

    def send(self, header: dict[str, Any]) -> None:
        """Send a frame; whether the child lives to read it is for `receive` to find out."""
        with suppress(BrokenPipeError):
            write_frame(self._stdin, header)

    def receive(self, *, within_s: float) -> tuple[dict[str, Any], bytes] | None:
        """Return the next frame, or None where none has begun to come in that time.

        Raises:
            ChildDied: It ended or sent nonsense; it is dead now.
        """
        poll = select.poll()
        poll.register(self._stdout, select.POLLIN)
        if not poll.poll(1000 * within_s):
            return None
        try:
            return read_frame(self._stdout)
        except BrokenFrame as error:
            raise ChildDied(self._end()) from error

    def stop(self) -> None:
        """End the child; `receive` finds out."""
        self._process.kill()

    @contextmanager
    def _pipes(self, timeout_s: float) -> Iterator["_Pipes"]:
        try:
            yield _Pipes(self._stdin, self._stdout, timeout_s)
        except TimeoutError as error:
            raise ChildTimedOut from error
        except (BrokenFrame, OSError) as error:
            raise ChildDied(self._end()) from error
        except ValueError as error:
            if not self._stdout.closed:
                raise
            raise ChildDied(self._end()) from error

    def _end(self) -> int:
        """Give a child that is going down a moment, so that its own exit code is seen."""
        try:
            self._process.wait(timeout=EXIT_S)
        except subprocess.TimeoutExpired:
            log.debug("process %d sent nonsense and stays", self.pid)
        self.kill()
        return self._process.returncode

    def exit_code(self, *, within_s: float) -> int | None:
        """Return how the child ended, or None where it lives on; negative for a signal."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=within_s)
        return None

    def kill(self) -> None:
        """End the child now and free its pipes, from any thread; again at no harm."""
        self._process.kill()
        self._process.wait()
        self._stdout.close()
        with suppress(BrokenPipeError):
            self._stdin.close()


class _Pipes:
    """The pipes of a child for a time: whatever takes longer raises TimeoutError.

    A pipe that is ready takes or gives something at once, so that nothing here waits but `poll`.
    """

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], timeout_s: float) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._until = time.monotonic() + timeout_s

    def read(self, count: int) -> bytes:
        self._wait_for(self._stdout, select.POLLIN)
        return self._stdout.read(count)

    def write(self, data: bytes) -> None:
        for start in range(0, len(data), select.PIPE_BUF):
            self._wait_for(self._stdin, select.POLLOUT)
            os.write(self._stdin.fileno(), data[start : start + select.PIPE_BUF])

    def flush(self) -> None:
        """Nothing was held back."""

    def _wait_for(self, pipe: IO[bytes], event: int) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(1000 * max(0.0, self._until - time.monotonic())):
            raise TimeoutError


def _read(pipes: _Pipes) -> tuple[dict[str, Any], bytes]:
    header, payload = read_frame(pipes)
    match header.get(PROGRESS, [0, 0]):
        case [int(), int()]:
            return header, payload
    raise BrokenFrame("the progress is no two numbers")
