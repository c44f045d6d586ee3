"""Whose turn it is. The standard library's locks promise no order."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PULSE_S = 5.0


class Turns:
    """Lets one thread at a time go ahead, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def take(self, pulse: Callable[[], None]) -> Iterator[None]:
        """Wait for a turn and hold it; `pulse` is called while waiting, and may give up."""
        turn = threading.Event()
        with self._lock:
            self._waiting.append(turn)
            self._waiting[0].set()
        try:
            while not turn.wait(PULSE_S):
                pulse()
            yield
        finally:
            with self._lock:
                self._waiting.remove(turn)
                if self._waiting:
                    self._waiting[0].set()
