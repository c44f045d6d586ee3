"""A command on a terminal of its own, typed at and read from."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.waiting import wait_until

PATIENCE_S = 60.0


class Terminal:
    """`twinctl` on a pseudo-terminal of 100 columns."""

    def __init__(self, *arguments: str, environ: Mapping[str, str]) -> None:
        self.shown = ""
        self._ours, theirs = pty.openpty()
        size = {"COLUMNS": "100", "LINES": "40", "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "twinctl", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **size, **environ},
            start_new_session=True,
            # Opening it makes it the controlling terminal, which turns Ctrl-C into a signal.
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # noqa: PLW1509
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, keys: str) -> None:
        """Press keys; `\\x03` is Ctrl-C, `\\x04` Ctrl-D, which is lost before the prompt is shown.

        Python's readline only notices a Ctrl-C that comes while it takes in another key with the
        key after it, so that Ctrl-C waits until the command rests.
        """
        if keys == "\x03":
            self._settle()
        os.write(self._ours, keys.encode())

    def expect(self, text: str) -> str:
        """Read until `text` is shown; return what stood before it."""
        deadline = time.monotonic() + PATIENCE_S
        while text not in self.shown:
            assert time.monotonic() < deadline, f"{text!r} did not come: {self.shown!r}"
            if not self._read():
                assert text in self.shown, f"{text!r} did not come: {self.shown!r}"
        before, _, self.shown = self.shown.partition(text)
        return before

    def end(self) -> int:
        """Read to the end and return the exit code."""
        deadline = time.monotonic() + PATIENCE_S
        while self._read():
            assert time.monotonic() < deadline, f"it did not end: {self.shown!r}"
        return self.process.wait(PATIENCE_S)

    def _settle(self) -> None:
        """Wait until the command waits itself, for a key or a signal."""
        state = Path(f"/proc/{self.process.pid}/stat")
        wait_until(lambda: state.read_text().rpartition(") ")[2].startswith("S"))

    def _read(self) -> bool:
        """Take in what comes within a second; return whether more may come."""
        if not select.select([self._ours], [], [], 1.0)[0]:
            return self.process.poll() is None
        try:
            part = os.read(self._ours, 65_536)
        except OSError:  # the other end was closed
            return False
        self.shown += part.decode("utf-8", errors="replace")
        return bool(part)
