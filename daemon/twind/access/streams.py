"""Answers that are being told at once: how many, and to whom."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from twind.errors import Overloaded, RateLimited

_RETRY_AFTER_S = 5.0
_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody for whom at most so many answers are told at once."""

    name: str
    most: int


class Place:
    """The place that an answer takes while it is told."""

    def __init__(self, streams: "Streams", names: Sequence[str]) -> None:
        self._streams = streams
        self._names = names

    def leave(self) -> None:
        """Make room for another; again is harmless."""
        names, self._names = self._names, ()
        self._streams.release(names)


class Streams:
    """Counts the answers that are being told."""

    def __init__(self, most: int) -> None:
        """Allow at most so many at once."""
        self._all = Holder(name=_ALL, most=most)
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def enter(self, holders: Sequence[Holder]) -> Place:
        """Return a place for one more answer, to be left when it is told.

        Raises:
            RateLimited: One of the holders has its most.
            Overloaded: There are too many in all.
        """
        with self._lock:
            for holder in holders:
                if self._counts[holder.name] >= holder.most:
                    raise RateLimited(
                        "too many answers at once; wait for one to end",
                        retry_after_s=_RETRY_AFTER_S,
                    )
            if self._counts[_ALL] >= self._all.most:
                raise Overloaded(
                    "too many people are asking just now", retry_after_s=_RETRY_AFTER_S
                )
            names = (_ALL, *(holder.name for holder in holders))
            self._counts.update(names)
        return Place(self, names)

    def release(self, names: Sequence[str]) -> None:
        """Count these no more."""
        with self._lock:
            self._counts.subtract(names)
            for name in names:
                if not self._counts[name]:
                    del self._counts[name]
