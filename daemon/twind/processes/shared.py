"""A child that many ask at once: started on first use, replaced when it dies, ended when idle."""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from twind.processes.child import Child, ChildDied
from twind.processes.frames import NUMBER

log = logging.getLogger(__name__)

STEP_S = 0.1
LIVES = 2

Answer = tuple[dict[str, Any], bytes]


@dataclass(slots=True, kw_only=True)
class _Request:
    header: dict[str, Any]
    future: "Future[Answer]" = field(default_factory=Future)
    lives: int = LIVES


class SharedChild:
    """Hands requests to a child as they come and gives the answers as they are made.

    A request is sent by whoever has it, so that nothing stands between it and the child. One
    whose child dies is given to a successor once.
    """

    def __init__(
        self, start: Callable[[], Child], *, keep_alive_s: float | None, patience_s: float
    ) -> None:
        """Start nothing yet.

        Args:
            start: Starts a child; it answers each frame with one of the same `NUMBER`, in any
                order.
            keep_alive_s: How long a child without work is kept; None for as long as this lives.
            patience_s: Longest silence of a child that has work; then it is killed.
        """
        self._start = start
        self._keep_alive_s = keep_alive_s
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._open: dict[int, _Request] = {}
        self._heard_at = 0.0
        self._child: Child | None = None
        self._receiver: threading.Thread | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the child, while there is one."""
        child = self._child
        return child.pid if child else None

    def ask(self, header: dict[str, Any]) -> "Future[Answer]":
        """Send a request.

        The future gives the answer, is cancelled on `close`, or raises ChildDied when a second
        child died under the request, or none could be started after the first.

        Raises:
            OSError: No child can be started.
        """
        request = _Request(header=header)
        with self._lock:
            if self._closed:
                request.future.cancel()
            else:
                self._send(next(self._numbers), request)
        return request.future

    def close(self) -> None:
        """Cancel what is open and end the child."""
        with self._lock:
            self._closed = True
            for request in self._open.values():
                request.future.cancel()
            self._open.clear()
            if self._child is not None:
                self._child.stop()
        if self._receiver is not None:
            self._receiver.join()

    def _send(self, number: int, request: _Request) -> None:
        if self._child is None:
            self._child = self._start()
            self._receiver = threading.Thread(
                target=self._receive, args=[self._child], name="receiver", daemon=True
            )
            self._receiver.start()
        if not self._open:
            self._heard_at = time.monotonic()
        self._open[number] = request
        self._child.send({**request.header, NUMBER: number})

    def _send_again(self, number: int, request: _Request) -> None:
        """Give a request to a successor; there is none where no process can be started."""
        try:
            self._send(number, request)
        except OSError as error:
            log.warning("no child process can be started: %s", error)
            request.lives = 0

    def _receive(self, child: Child) -> None:
        """Settle the requests that a child answers, as long as it lives and is wanted."""
        step_s = max(STEP_S, min(self._patience_s, self._keep_alive_s or self._patience_s))
        try:
            while not self._has_retired(child):
                answer = child.receive(within_s=step_s)
                if answer is not None:
                    self._settle(answer)
        except ChildDied as error:
            self._replace(error)

    def _settle(self, answer: Answer) -> None:
        with self._lock:
            self._heard_at = time.monotonic()
            request = self._open.pop(answer[0][NUMBER], None)
        if request is not None:
            request.future.set_result(answer)

    def _has_retired(self, child: Child) -> bool:
        """End a child that has been idle for long or silent for too long."""
        with self._lock:
            silent_s = time.monotonic() - self._heard_at
            if self._open:
                if silent_s >= self._patience_s:
                    child.stop()
                return False
            if self._keep_alive_s is None or silent_s < self._keep_alive_s:
                return False
            self._child = None
        child.kill()
        return True

    def _replace(self, error: ChildDied) -> None:
        """Give what a dead child left to a successor, or give it up."""
        with self._lock:
            if self._closed:
                return
            log.warning("a child process ended: %s", error)
            self._child = None
            left, self._open = self._open, {}
            for number, request in left.items():
                request.lives -= 1
                if request.lives:
                    self._send_again(number, request)
        for request in left.values():
            if not request.lives:
                request.future.set_exception(error)
