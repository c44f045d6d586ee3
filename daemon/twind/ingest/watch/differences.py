"""What a walk through a watched folder finds to be other than what was taken from it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from twind.domain.watches import Stamp, Watch, WatchedFile
from twind.ingest.watch.rules import FolderRules
from twind.ingest.watch.scan import Listing, nearest_device, walk
from twind.store.watched import WatchedFileTable


@dataclass(slots=True, kw_only=True)
class Differences:
    """Where a folder and what was taken from it differ.

    Attributes:
        found: Stamps of files that are new or have changed, by path.
        known: How many of them were taken before, at the same path.
        same: How many files are as they were taken.
        moved_disk: Files as they were taken, whose inode or device has another number now.
        gone: Files that were taken and are not there.
        renumbered: Device numbers that file systems had and have now, as unchanged files tell.
    """

    found: dict[str, Stamp] = field(default_factory=dict)
    known: int = 0
    same: int = 0
    moved_disk: list[tuple[WatchedFile, Stamp]] = field(default_factory=list)
    gone: list[WatchedFile] = field(default_factory=list)
    renumbered: set[tuple[str, str]] = field(default_factory=set)

    def add(self, listing: Listing, taken: Iterable[WatchedFile]) -> None:
        """Compare the content of one folder with what was taken from it."""
        before = {file.name: file for file in taken}
        for name, stamp in listing.files.items():
            file = before.pop(name, None)
            if file is None or not stamp.is_same_content(file.stamp):
                self.found[f"{listing.folder.rstrip('/')}/{name}"] = stamp
                self.known += file is not None
            else:
                self._add_same(file, stamp)
        self.gone += [file for name, file in before.items() if name not in listing.unknown]

    def _add_same(self, file: WatchedFile, stamp: Stamp) -> None:
        self.same += 1
        if stamp != file.stamp:
            self.moved_disk.append((file, stamp))
            self.renumbered.add((file.stamp.device, stamp.device))


def differences(
    watch: Watch, start: str, rules: FolderRules, watched: WatchedFileTable
) -> Differences:
    """Walk a watched folder, or the part of it at and below `start`."""
    found = Differences()
    visited: set[str] = set()
    unreadable: list[str] = []
    for listing in walk(start, watch.path, rules) if rules.enters(start) else ():
        visited.add(listing.folder)
        if listing.is_readable:
            found.add(listing, watched.in_folder(watch.id, listing.folder))
        else:
            unreadable.append(listing.folder.rstrip("/") + "/")
    for folder in watched.folders(watch.id, start):
        hidden = any((folder + "/").startswith(above) for above in unreadable)
        if folder not in visited and not hidden:
            found.gone += watched.in_folder(watch.id, folder)
    return found


def is_out_of_reach(file: WatchedFile, renumbered: Collection[tuple[str, str]]) -> bool:
    """Return whether a file that is not there lies on a file system that is not there either.

    The folder of a drive that was unplugged is gone, or empty and of another file system. A
    file is only gone if the nearest folder that is left is of the file system it was on.
    """
    before, now = file.stamp.device, nearest_device(file.path)
    return now is None or (now != before and (before, now) not in renumbered)
