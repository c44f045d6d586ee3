"""Who works when many ask at once: few read, and nobody while others are yet to be heard."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_S = 0.5
"""How long an answer gives way at most, each time that it goes on."""


class Desk:
    """Places at which answers are read up.

    Reading computes. More answers at once would not be faster, and would take the interpreter
    from those who have yet to be told that an answer comes; while these are heard, readers wait.
    """

    def __init__(self, places: int) -> None:
        """Let so many read at once."""
        self._places = threading.Semaphore(places)
        self._changed = threading.Condition()
        self._heard = 0

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Take a question; readers give way meanwhile."""
        with self._changed:
            self._heard += 1
        try:
            yield
        finally:
            with self._changed:
                self._heard -= 1
                if not self._heard:
                    self._changed.notify_all()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Take a place, once it is free and nobody is being heard, or was for long enough."""
        with self._changed:
            self._changed.wait_for(lambda: not self._heard, LONGEST_S)
        with self._places:
            yield
