"""What keeps jobs from going on though nothing is wrong with them, as a full disk."""

import logging
import threading
import time

from twind.domain.jobs import Failure
from twind.errors import StoreUnusable

_log = logging.getLogger(__name__)

_FIRST_REST_S = 2.0
_LONGEST_REST_S = 15.0


class Standstill:
    """Begins when the store cannot be used, and ends with the first thing that could be done.

    Meanwhile one job at a time is tried, each after a rest, and the rests grow.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failure: Failure | None = None
        self._rest_s = 0.0
        self._until = 0.0

    @property
    def failure(self) -> Failure | None:
        """Why nothing goes on, and the way out; None where all goes on."""
        return self._failure

    def rest_s(self) -> float:
        """Return for how long nothing needs to be tried."""
        return max(0.0, self._until - time.monotonic())

    def begin(self, error: StoreUnusable) -> None:
        """Note that something could not be done; it is logged when it is new."""
        failure = Failure(code=error.code, message=error.message, hint=error.hint)
        with self._lock:
            is_new, self._failure = failure != self._failure, failure
            if not self.rest_s():
                self._rest_s = min(max(_FIRST_REST_S, 2 * self._rest_s), _LONGEST_REST_S)
                self._until = time.monotonic() + self._rest_s
        if is_new:
            _log.warning("jobs wait: %s", error.message)

    def end(self) -> None:
        """Note that something could be done."""
        with self._lock:
            was, self._failure = self._failure, None
            self._rest_s = self._until = 0.0
        if was is not None:
            _log.info("jobs go on")
