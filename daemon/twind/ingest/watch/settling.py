"""Waiting until a file has been still for a moment.

Every sign of a change puts a path off by the quiet window, so a storm of them is one change. A
file that was written less than a window ago is looked at twice, because its clock may be
another machine's; one that is gone is believed gone at the second look, because many programs
save by removing and writing anew, and some systems rename so.
"""

import time
from dataclasses import dataclass

from twind.domain.watches import Stamp

NANOSECONDS = 1_000_000_000


@dataclass(slots=True, kw_only=True)
class _Touched:
    """A path that may have changed.

    Attributes:
        due: When to look at it, in monotonic seconds.
        seen: How it was at the last look; None if it was gone.
        is_seen: Whether there was a look since the last sign of a change.
        is_trusted: Whether it is taken as it is found.
    """

    due: float
    seen: Stamp | None = None
    is_seen: bool = False
    is_trusted: bool = False


class Settling:
    """The paths of one watched folder that may have changed. Times are monotonic seconds."""

    def __init__(self, quiet_s: float) -> None:
        self._quiet_s = quiet_s
        self._touched: dict[str, _Touched] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that are waited for."""
        return tuple(self._touched)

    def __contains__(self, path: str) -> bool:
        return path in self._touched

    def touch(self, path: str, now: float) -> None:
        """Look at a path once it has been still for the window from now on."""
        self._touched[path] = _Touched(due=now + self._quiet_s)

    def touch_found(self, path: str, stamp: Stamp, now: float) -> None:
        """Look at a path that a walk found: now, where it has been still already."""
        if path not in self._touched:
            wait_s = 0.0 if self._is_old(stamp) else self._quiet_s
            self._touched[path] = _Touched(due=now + wait_s)

    def retouch(self, path: str, stamp: Stamp, now: float) -> None:
        """Be done with a path that was taken; look once more where it was written just now."""
        self.drop(path)
        if not self._is_old(stamp):
            self.touch(path, now)

    def trust(self) -> None:
        """Take everything that is waited for as it is, at once."""
        self._touched = {path: _Touched(due=0.0, is_trusted=True) for path in self._touched}

    def due(self, now: float) -> list[str]:
        """Return the paths whose time has come."""
        return [path for path, touched in self._touched.items() if touched.due <= now]

    def next_due(self) -> float | None:
        """Return when the next path is due; None if none is waited for."""
        return min((touched.due for touched in self._touched.values()), default=None)

    def is_settled(self, path: str, stamp: Stamp | None, now: float) -> bool:
        """Return whether a due path may be believed; if not, it is looked at again later.

        Args:
            path: The path.
            stamp: How it is; None if it is gone.
            now: The time of the look.
        """
        touched = self._touched[path]
        is_same = touched.is_seen and touched.seen == stamp
        if touched.is_trusted or is_same or (stamp is not None and self._is_old(stamp)):
            return True
        self._touched[path] = _Touched(due=now + self._quiet_s, seen=stamp, is_seen=True)
        return False

    def drop(self, path: str) -> None:
        """Wait for a path no longer."""
        self._touched.pop(path, None)

    def clear(self) -> None:
        """Wait for nothing."""
        self._touched.clear()

    def _is_old(self, stamp: Stamp) -> bool:
        return time.time_ns() - stamp.mtime_ns >= self._quiet_s * NANOSECONDS
