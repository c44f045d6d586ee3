"""Makes the sources of a twin follow what changed in its watched folders."""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from twind.domain.audit import Action
from twind.domain.sources import SourceStatus
from twind.domain.titles import title_of
from twind.domain.watches import Stamp, WatchedFile
from twind.errors import NotFound
from twind.ingest.intake import Intake
from twind.ingest.watch.differences import is_out_of_reach
from twind.ingest.watch.folder import WatchedFolder
from twind.ingest.watch.renames import pair_renames
from twind.ingest.watch.scan import Absence, glance

log = logging.getLogger(__name__)

Item = TypeVar("Item")

AT_ONCE = 25
"""Files that are followed in one transaction, for which others wait to write."""

A_TURN = 2_000
"""Files of a folder that are followed before others get their turn."""


@dataclass(slots=True, kw_only=True)
class _Batch:
    """What became settled: files to take by path, their folders, and files that are gone."""

    new: dict[str, Stamp] = field(default_factory=dict)
    changed: dict[str, Stamp] = field(default_factory=dict)
    gone: list[WatchedFile] = field(default_factory=list)
    folders: dict[str, WatchedFolder] = field(default_factory=dict)


class Follower:
    """Takes, moves and deletes sources as files came, changed, were renamed or went."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def follow(self, folders: Sequence[WatchedFolder], now: float) -> None:
        """Follow what has settled in the watched folders of one twin.

        They are followed together, because files are moved from one to another.
        """
        batch = _Batch()
        for folder in folders:
            due = folder.settling.due(now)[:A_TURN]
            if due and not folder.is_same_root():
                folder.look(now)
            elif due:
                self._sort(folder, due, now, batch)
        renamed = pair_renames(batch.new, self._vanished(folders, batch), _hash_of)
        for some in _slices(batch.new | batch.changed):
            self._take(some, batch, renamed, now)
        moved = {(file.watch_id, file.path) for file in renamed.values()}
        left = [file for file in batch.gone if (file.watch_id, file.path) not in moved]
        for files in _slices(left):
            self._forget(files, batch)
        for folder in {folder.watch.id: folder for folder in batch.folders.values()}.values():
            folder.tenant.watches.note_event(folder.watch.id)
        if batch.folders:
            taken = len(batch.new) + len(batch.changed) - len(renamed)
            log.info("followed: %d taken, %d renamed, %d gone", taken, len(renamed), len(left))

    def _sort(self, folder: WatchedFolder, due: Iterable[str], now: float, batch: _Batch) -> None:
        """Sort the paths that are due into what there is to do; drop those with nothing."""
        rules = folder.rules()
        for path in due:
            found = glance(path, rules)
            file = folder.tenant.watched.find(folder.watch.id, path)
            stamp = found if isinstance(found, Stamp) else None
            if found is Absence.UNKNOWN or not _differs(file, stamp):
                folder.settling.drop(path)
            elif folder.settling.is_settled(path, stamp, now):
                self._add(folder, path, file, stamp, batch)

    def _add(
        self,
        folder: WatchedFolder,
        path: str,
        file: WatchedFile | None,
        stamp: Stamp | None,
        batch: _Batch,
    ) -> None:
        if stamp is None and file is not None:
            if is_out_of_reach(file, folder.renumbered):
                folder.settling.drop(path)
                return
            batch.gone.append(file)
        elif stamp is not None:
            (batch.changed if file else batch.new)[path] = stamp
        batch.folders[path] = folder

    def _vanished(self, folders: Sequence[WatchedFolder], batch: _Batch) -> list[WatchedFile]:
        """Return all files that are gone, settled or not: one of them may have a new name."""
        if not batch.new:
            return []
        vanished = {(file.watch_id, file.path): file for file in batch.gone}
        for folder in folders:
            rules = folder.rules()
            for path in folder.settling.paths:
                if os.path.lexists(path):
                    continue
                file = folder.tenant.watched.find(folder.watch.id, path)
                if file is None or glance(path, rules) is not Absence.GONE:
                    continue
                if not is_out_of_reach(file, folder.renumbered):
                    vanished[(file.watch_id, path)] = file
        return list(vanished.values())

    def _take(
        self, paths: Sequence[str], batch: _Batch, renamed: dict[str, WatchedFile], now: float
    ) -> None:
        with batch.folders[paths[0]].tenant.transaction():
            for path in paths:
                folder = batch.folders[path]
                stamp = batch.new.get(path) or batch.changed[path]
                file = renamed.get(path)
                if file is None or not self._rename(folder, file, path, stamp):
                    source, _ = self._intake.take_found(folder.tenant, folder.watch.twin_id, path)
                    folder.tenant.watched.put(folder.watch.id, path, source.id, stamp)
        for path in paths:
            stamp = batch.new.get(path) or batch.changed[path]
            batch.folders[path].settling.retouch(path, stamp, now)

    def _rename(self, folder: WatchedFolder, file: WatchedFile, path: str, stamp: Stamp) -> bool:
        """Give a source its new place; False where that place has a source of its own.

        What was called as its file was gets the new name; what could not be read, another try.
        """
        tenant = folder.tenant
        with suppress(NotFound):
            source = tenant.sources.get(file.source_id)
            if not tenant.sources.move(source.id, path):
                return False
            if source.status is not SourceStatus.LIVE or source.error is not None:
                self._intake.take_found(tenant, source.twin_id, path)
            elif source.title == title_of(file.name) != title_of(os.path.basename(path)):
                self._intake.reindex(tenant, source)
        tenant.watched.remove(file.watch_id, file.path)
        tenant.watched.put(folder.watch.id, path, file.source_id, stamp)
        return True

    def _forget(self, files: Sequence[WatchedFile], batch: _Batch) -> None:
        with batch.folders[files[0].path].tenant.transaction():
            for file in files:
                tenant = batch.folders[file.path].tenant
                with suppress(NotFound):
                    source = tenant.sources.get(file.source_id)
                    tenant.sources.delete(source.id)
                    tenant.note(Action.SOURCE_DELETE, source.id, twin=source.twin_id)
                tenant.watched.remove(file.watch_id, file.path)
        for file in files:
            batch.folders[file.path].settling.drop(file.path)


def _differs(file: WatchedFile | None, stamp: Stamp | None) -> bool:
    if file is None or stamp is None:
        return file is not None or stamp is not None
    return not stamp.is_same_content(file.stamp)


def _hash_of(path: str) -> str | None:
    """Return the SHA-256 of a file; None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _slices(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some
