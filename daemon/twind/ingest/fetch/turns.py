"""One at a time, with a pause between, and none at all for a while where a place asks for it."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from twind.jobs.handler import NotYet

SHORTEST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 3.0
FIRST_REST_S = 60.0
LONGEST_REST_S = 960.0
LONGEST_LINE_S = 60.0


class Turns:
    """Keeps the order at a place that tires of many requests.

    Nobody waits in here: who comes too early is told when to come again. Each gets a moment of
    its own, so that those who wait do not all come at once.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        spread: Callable[[], float] = random.random,
    ) -> None:
        """Take what time and chance are.

        Args:
            clock: Seconds that never go back.
            spread: 0 to 1, of how much of the longest pause is made.
        """
        self._clock = clock
        self._spread = spread
        self._lock = threading.Lock()
        self._is_taken = self._is_tired = False
        self._opens_at = self._promised = clock()
        self._rest_s = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn.

        Raises:
            NotYet: Somebody else does, or it is too early.
        """
        self._take()
        try:
            yield
        finally:
            self._give_back()

    def rest(self) -> float:
        """Let nobody in for a while, longer each time in a row; return how long, in seconds."""
        with self._lock:
            self._is_tired = True
            self._rest_s = min(max(2 * self._rest_s, FIRST_REST_S), LONGEST_REST_S)
            self._opens_at = self._clock() + self._rest_s
            return self._rest_s

    def _take(self) -> None:
        with self._lock:
            now = self._clock()
            if self._is_taken or now < self._opens_at:
                opens_at = max(self._opens_at, now)
                behind = max(self._promised, opens_at) + self._pause_s()
                self._promised = min(behind, opens_at + LONGEST_LINE_S)
                raise NotYet(self._promised - now)
            self._is_taken, self._is_tired = True, False

    def _give_back(self) -> None:
        with self._lock:
            self._is_taken = False
            self._opens_at = max(self._opens_at, self._clock() + self._pause_s())
            if not self._is_tired:
                self._rest_s = 0.0

    def _pause_s(self) -> float:
        return SHORTEST_PAUSE_S + (LONGEST_PAUSE_S - SHORTEST_PAUSE_S) * self._spread()
