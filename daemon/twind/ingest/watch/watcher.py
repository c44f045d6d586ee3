"""Keeps all watched folders in step, in one thread that sleeps until something happens."""

import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from twinctl.wire.codes import ErrorCode
from twind.domain.keys import WATCH
from twind.domain.twins import Twin
from twind.domain.watches import Condition, Watch, WatchState
from twind.errors import Conflict, InvalidInput, NotFound, StoreUnusable
from twind.ingest.intake import Intake
from twind.ingest.watch.folder import WatchedFolder
from twind.ingest.watch.follower import Follower
from twind.ingest.watch.pace import Pace
from twind.ingest.watch.rules import parse_globs
from twind.store.store import Store, Tenant

log = logging.getLogger(__name__)

_COALESCE_S = 0.05
_LONGEST_ADD_S = 30.0
_LONGEST_STOP_S = 10.0


class Watcher:
    """Watched folders of all tenants, from `start` to `stop`."""

    def __init__(self, store: Store, intake: Intake, pace: Pace) -> None:
        self._store = store
        self._follower = Follower(intake)
        self._pace = pace
        self._folders: dict[str, WatchedFolder] = {}
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Find out in the background what changed while nobody watched, and go on watching."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(_LONGEST_STOP_S)
        if self._thread.is_alive():
            log.warning("a watched folder does not answer; it is left behind")
            return
        with self._lock:
            for folder in self._folders.values():
                folder.close()
            self._folders.clear()

    def add(
        self, tenant: Tenant, twin: Twin, path: str, include: Sequence[str], exclude: Sequence[str]
    ) -> Watch:
        """Watch a folder and take in what is there; the same folder again gets these globs.

        Raises:
            InvalidInput: The path is no absolute path of a folder, or a glob is none.
            Conflict: It lies in a folder that the twin watches, or such a folder lies in it.
        """
        parse_globs([*include, *exclude])
        folder = _checked_folder(path)
        with self._lock:
            for other in tenant.watches.list(twin.id):
                if _is_nested(folder, other.path):
                    raise Conflict(
                        f"{other.path} is watched already",
                        hint=f"remove it first with: twinctl watch remove {other.id}",
                    )
            watch = tenant.watches.add(twin.id, folder, include=include, exclude=exclude)
            self._drop(watch.id)
            watched = self._begin(tenant, watch)
            watched.look(time.monotonic())
            watched.settling.trust()
            self._take_in(watched)
        self._woken.set()
        return watch

    def remove(self, tenant: Tenant, watch: Watch) -> None:
        """Watch a folder no longer; its sources stay."""
        with self._lock:
            self._drop(watch.id)
            tenant.watches.remove(watch.id)

    def forget(self, tenant_id: str) -> None:
        """Watch nothing more for a tenant that is being deleted."""
        with self._lock:
            for folder in list(self._folders.values()):
                if folder.tenant.id == tenant_id:
                    self._drop(folder.watch.id)

    def condition(self, watch: Watch) -> Condition:
        """Return how a folder is being followed."""
        folder = self._folders.get(watch.id)
        return folder.condition if folder else Condition(state=WatchState.WATCHING)

    def _run(self) -> None:
        self._begin_all()
        while not self._stopping.is_set():
            self._woken.clear()
            with self._lock:
                self._turn(time.monotonic())
                due = min((each.next_due() for each in self._folders.values()), default=None)
            wait_s = None if due is None else max(due - time.monotonic(), _COALESCE_S)
            if self._woken.wait(wait_s):
                self._stopping.wait(_COALESCE_S)

    def _begin_all(self) -> None:
        for tenant in self._store.each_tenant():
            with self._lock:
                for watch in tenant.watches.all():
                    self._begin(tenant, watch)

    def _turn(self, now: float) -> None:
        """Look where it is time to, and let the sources follow."""
        by_twin: defaultdict[str, list[WatchedFolder]] = defaultdict(list)
        for folder in list(self._folders.values()):
            if self._look(folder, now):
                by_twin[folder.watch.twin_id].append(folder)
        for folders in by_twin.values():
            try:
                self._follower.follow(folders, now)
            except Exception as error:  # noqa: BLE001
                self._recover(folders, error)

    def _look(self, folder: WatchedFolder, now: float) -> bool:
        try:
            folder.look_where_told(now)
            folder.look_if_due(now)
        except Exception as error:  # noqa: BLE001
            self._recover([folder], error)
            return False
        return True

    def _recover(self, folders: Sequence[WatchedFolder], error: Exception) -> None:
        """Go on after something unexpected: the next look finds what was not followed."""
        for folder in folders:
            try:
                folder.tenant.watches.get(folder.watch.id)
            except NotFound:
                self._drop(folder.watch.id)  # it went with its twin
                continue
            is_expected = isinstance(error, StoreUnusable)
            log.error(
                "watched folder %s: not followed: %s",
                folder.watch.path,
                error,
                exc_info=None if is_expected else error,
            )
            unexpected = "something unexpected happened; see the daemon's log"
            folder.fail(str(error) if is_expected else unexpected)

    def _begin(self, tenant: Tenant, watch: Watch) -> WatchedFolder:
        tenant = replace(tenant, actor=WATCH)
        folder = WatchedFolder(tenant, watch, pace=self._pace, wake=self._woken.set)
        self._folders[watch.id] = folder
        return folder

    def _take_in(self, folder: WatchedFolder) -> None:
        """Take what was found, as far as whoever asked for it can wait for."""
        of_twin = [
            each for each in self._folders.values() if each.watch.twin_id == folder.watch.twin_id
        ]
        deadline = time.monotonic() + _LONGEST_ADD_S
        while folder.settling.due(now := time.monotonic()) and now < deadline:
            self._follower.follow(of_twin, now)

    def _drop(self, watch_id: str) -> None:
        folder = self._folders.pop(watch_id, None)
        if folder is not None:
            folder.close()


def _checked_folder(path: str) -> str:
    if not os.path.isabs(path):
        raise InvalidInput(f"the path must be absolute: {path}")
    folder = os.path.normpath(path)
    if not os.path.isdir(folder):
        raise InvalidInput(f"there is no folder {path}", code=ErrorCode.FILE_MISSING)
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be read: {error.strerror}", code=ErrorCode.FILE_UNREADABLE
        ) from error
    return folder


def _is_nested(one: str, other: str) -> bool:
    """Return whether one of two folders lies in the other."""
    shorter, longer = sorted((one.rstrip("/") + "/", other.rstrip("/") + "/"), key=len)
    return longer.startswith(shorter) and longer != shorter
