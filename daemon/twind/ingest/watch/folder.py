"""One watched folder: whether it is there, how it is observed, and what in it may have changed."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from queue import Empty, SimpleQueue

from twinctl.wire.folders import IGNORE_FILE, is_content
from twind.domain.watches import Condition, Watch, WatchState
from twind.ingest.watch.differences import Differences, differences, is_out_of_reach
from twind.ingest.watch.observation import Observation
from twind.ingest.watch.pace import Pace
from twind.ingest.watch.rules import FolderRules
from twind.ingest.watch.scan import identity_of
from twind.ingest.watch.settling import Settling
from twind.store.store import Tenant

log = logging.getLogger(__name__)

_SLOWDOWN = 10.0


class WatchedFolder:
    """Finds what may have changed; `Follower` makes the sources follow. Not for several threads.

    Nothing is forgotten of a folder that is not there, or that is another one than before.
    """

    def __init__(
        self, tenant: Tenant, watch: Watch, *, pace: Pace, wake: Callable[[], None]
    ) -> None:
        self.tenant = tenant
        self.watch = watch
        self.settling = Settling(pace.quiet_s)
        self.condition = Condition(state=WatchState.WATCHING)
        self.renumbered: set[tuple[str, str]] = set()
        self._pace = pace
        self._wake = wake
        self._hints: SimpleQueue[tuple[str, bool]] = SimpleQueue()
        self._observation = Observation(watch.path, self, pace)
        self._is_continuous = False
        self._is_in_trouble = False
        self._next_look = self._next_check = 0.0

    @property
    def is_there(self) -> bool:
        """Whether the folder can be read and is the one that it was."""
        return self.condition.state in {WatchState.WATCHING, WatchState.POLLING}

    def on_change(self, path: str, *, is_folder: bool) -> None:
        """See `Listener.on_change`; what is no content is passed over at once."""
        name = os.path.basename(path)
        if name == IGNORE_FILE:
            path, is_folder = os.path.dirname(path), True
        if is_folder or is_content(name):
            self._hints.put((path, is_folder))
            self._wake()

    def on_trouble(self, error: OSError | None) -> None:
        """See `Listener.on_trouble`."""
        if error is not None:
            self._observation.note_limit(error)
        self._is_in_trouble = True
        self._wake()

    def rules(self) -> FolderRules:
        """Return what is taken of the folder now."""
        return FolderRules(self.watch)

    def next_due(self) -> float:
        """Return when there is something to do."""
        if self._is_in_trouble:
            return 0.0
        settled = self.settling.next_due()
        return min(self._next_check, self._next_look, settled or self._next_check)

    def look_where_told(self, now: float) -> None:
        """Go where changes were told of since the last time."""
        folders = set()
        while True:
            try:
                path, is_folder = self._hints.get_nowait()
            except Empty:
                break
            if is_folder:
                folders.add(path)
            elif self.is_there:
                self.settling.touch(path, now)
        for folder in folders:
            if folders.isdisjoint(map(str, PurePosixPath(folder).parents)):
                self._look_into(folder, now)

    def look_if_due(self, now: float) -> None:
        """Look at the whole folder if it is time, or if something about it is odd."""
        if now >= self._next_check and now < self._next_look:
            self._next_check = now + self._pace.check_s
            if self._root() != self.watch.root or self._observation.is_broken:
                self._next_look = now
        if now >= self._next_look or self._is_in_trouble:
            self.look(now)

    def look(self, now: float) -> None:
        """Look at the whole folder.

        Raises:
            NotFound: It is not watched any more.
        """
        self.tenant.watches.get(self.watch.id)
        self._is_in_trouble = False
        began = time.monotonic()
        try:
            root = identity_of(os.stat(self.watch.path))
            os.scandir(self.watch.path).close()
        except (FileNotFoundError, NotADirectoryError):
            self._lose(
                WatchState.MISSING,
                f"there is no folder {self.watch.path}; its sources are kept until it is back",
            )
        except OSError as error:
            self._lose(WatchState.FAILED, f"{self.watch.path} cannot be read: {error.strerror}")
        else:
            self._observation.observe(root)
            self._is_in_trouble = False  # what comes from here on may be missed by this look
            self._compare(root, now)
        took_s = time.monotonic() - began
        self._next_check = now + self._pace.check_s
        self._next_look = now + max(self._pause_s(), _SLOWDOWN * took_s)

    def is_same_root(self) -> bool:
        """Return whether the folder at the path is still the one that was looked at."""
        return self._root() == self.watch.root

    def fail(self, reason: str) -> None:
        """Give up for now; look at everything again soon."""
        self._lose(WatchState.FAILED, reason)
        self._next_look = time.monotonic() + self._pace.check_s

    def close(self) -> None:
        """Be told of nothing any more."""
        self._observation.close()

    def _look_into(self, folder: str, now: float) -> None:
        if folder == self.watch.path or not folder.startswith(self.watch.path + "/"):
            self._next_look = 0.0
        elif self.is_there:
            self._touch(differences(self.watch, folder, self.rules(), self.tenant.watched), now)

    def _compare(self, root: str, now: float) -> None:
        found = differences(self.watch, self.watch.path, self.rules(), self.tenant.watched)
        if not self._is_the_one(root, found):
            self._lose(
                WatchState.MISSING,
                f"what is at {self.watch.path} is not what was there; the sources are kept until "
                "it is back. If this is meant, remove the watch and add it again",
            )
            return
        if root != self.watch.root:
            self.tenant.watches.note_root(self.watch.id, root)
            self.watch = replace(self.watch, root=root)
        self._is_continuous = True
        lost = self._touch(found, now)
        about = f"files on a drive that is not there are kept: {lost}" if lost else None
        self.condition = replace(
            self._observation.condition, reason=self._observation.condition.reason or about
        )

    def _touch(self, found: Differences, now: float) -> int:
        """Note where to look closer; return how many files are out of reach."""
        with self.tenant.transaction():
            for file, stamp in found.moved_disk:
                self.tenant.watched.put(self.watch.id, file.path, file.source_id, stamp)
        self.renumbered |= found.renumbered
        for path, stamp in found.found.items():
            self.settling.touch_found(path, stamp, now)
        lost = 0
        for file in found.gone:
            if is_out_of_reach(file, self.renumbered):
                lost += 1
            elif file.path not in self.settling:
                self.settling.touch(file.path, now)
        return lost

    def _is_the_one(self, root: str, found: Differences) -> bool:
        """Return whether the folder at the path is the one that files were taken from.

        A drive may be unplugged, which leaves an empty folder of another device, or another one
        may be plugged in under the same number. A single file as it was taken is proof enough.
        """
        gone = [file for file in found.gone if file.path not in self.settling]
        if found.same or not (found.known or gone) or self.watch.root is None:
            return True
        device = root.partition(":")[0]
        if device != self.watch.root.partition(":")[0]:
            return False
        if gone and not self._is_continuous and device != _home_device():
            return False
        return root == self.watch.root or found.known > 0

    def _lose(self, state: WatchState, reason: str) -> None:
        if self.condition.state is not state:
            log.warning("watched folder: %s", reason)
        self._observation.close()
        self._is_continuous = False
        self.settling.clear()
        self.condition = Condition(state=state, reason=reason)

    def _pause_s(self) -> float:
        if not self.is_there:
            return self._pace.check_s
        is_polled = self.condition.state is WatchState.POLLING
        return self._pace.poll_s if is_polled else self._pace.rescan_s

    def _root(self) -> str | None:
        try:
            return identity_of(os.stat(self.watch.path))
        except OSError:
            return None


def _home_device() -> str:
    """Return the device of the person's own files, which is not unplugged."""
    return str(os.stat(os.path.expanduser("~")).st_dev)
