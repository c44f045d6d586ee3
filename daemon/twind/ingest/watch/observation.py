"""How changes in a folder are learnt of: the system tells, or the folder is polled."""

import errno
import math
import time

from twind.domain.watches import Condition, WatchState
from twind.ingest.watch.filesystems import remote_kind
from twind.ingest.watch.observer import FolderObserver, Listener
from twind.ingest.watch.pace import Pace

_LIMITS = {
    errno.ENOSPC: "fs.inotify.max_user_watches",
    errno.EMFILE: "fs.inotify.max_user_instances",
}


class Observation:
    """The observer of a folder, begun anew where another folder lies there than before."""

    def __init__(self, folder: str, listener: Listener, pace: Pace) -> None:
        self._folder = folder
        self._listener = listener
        self._pace = pace
        self._observer: FolderObserver | None = None
        self._root: str | None = None
        self._limit: OSError | None = None
        self._again_at = math.inf
        self.condition = Condition(state=WatchState.WATCHING)

    @property
    def is_broken(self) -> bool:
        """Whether the observer has ended by itself, or does not see everything."""
        if self._observer is None:
            return False
        return self._limit is not None or not self._observer.is_alive

    def note_limit(self, error: OSError) -> None:
        """Take that the system has no watch left for a folder below; from any thread."""
        self._limit = error

    def observe(self, root: str) -> None:
        """See to it that the folder of this identity is observed, or polled if it must be."""
        is_refused = self._observer is None and time.monotonic() >= self._again_at
        if root == self._root and not self.is_broken and not is_refused:
            return
        self.close()
        self._root = root
        kind = remote_kind(self._folder)
        if kind is None:
            self._begin()
        else:
            self._poll(f"changes of others are not told of on {kind}", math.inf)

    def close(self) -> None:
        """Observe no longer."""
        if self._observer is not None:
            self._observer.stop()
        self._observer = None
        self._root = None

    def _begin(self) -> None:
        self._limit = None
        self.condition = Condition(state=WatchState.WATCHING)
        try:
            self._observer = FolderObserver(self._folder, self._listener)
        except OSError as error:
            self._limit = error
        if self._limit is not None:
            if self._observer is not None:
                self._observer.stop()
            self._observer = None
            self._poll(_refusal(self._limit), time.monotonic() + self._pace.rescan_s)

    def _poll(self, reason: str, again_at: float) -> None:
        self._again_at = again_at
        self.condition = Condition(
            state=WatchState.POLLING,
            reason=f"{reason}; it is looked at every {self._pace.poll_s:g} s or less often",
        )


def _refusal(error: OSError) -> str:
    limit = _LIMITS.get(error.errno or 0)
    if limit is None:
        return f"the system does not tell of changes in it: {error.strerror or error}"
    return f"the system's limit of watched folders is reached: raise it with sysctl {limit}"
