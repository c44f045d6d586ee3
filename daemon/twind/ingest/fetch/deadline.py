"""The time that one fetch may take, and whether it is still wanted."""

import time
from collections.abc import Callable

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed


class Deadline:
    """Runs from when it is made; asked before every step that may wait."""

    def __init__(self, total_s: float, check: Callable[[], None]) -> None:
        """Start the clock.

        Args:
            total_s: Seconds that all may take.
            check: Raises when the work should end for another reason.
        """
        self._total_s = total_s
        self._end = time.monotonic() + total_s
        self._check = check

    def left_s(self) -> float:
        """Return the seconds that are left, more than 0.

        Raises:
            FetchFailed: `fetch_timeout`, when none are.
        """
        self._check()
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed(
                f"it did not arrive within {self._total_s:g} seconds",
                hint="give it more time with: twinctl config set ingest.fetch_timeout_s 600",
                code=ErrorCode.FETCH_TIMEOUT,
            )
        return left
