"""How fast something counts up, and how long the rest of it will take."""

from collections import deque

_WINDOW_S = 20.0
_FIRST_S = 2.0
"""Nothing is said before this much was seen."""


class Pace:
    """The pace of the last seconds; older ones say little of what is to come."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()

    def note(self, at_s: float, count: float) -> None:
        """Take in how far it is at a time, in seconds of any steady clock."""
        self._seen.append((at_s, count))
        while len(self._seen) > 2 and self._seen[1][0] <= at_s - _WINDOW_S:  # noqa: PLR2004
            self._seen.popleft()

    def per_second(self) -> float | None:
        """Return the pace, or None until enough was seen."""
        if not self._seen:
            return None
        (began_s, first), (ended_s, last) = self._seen[0], self._seen[-1]
        span_s = ended_s - began_s
        return (last - first) / span_s if span_s >= _FIRST_S and last > first else None

    def remaining_s(self, total: float) -> float | None:
        """Return the seconds until the count is `total`, or None while nobody can know."""
        pace = self.per_second()
        return max(total - self._seen[-1][1], 0.0) / pace if pace else None
