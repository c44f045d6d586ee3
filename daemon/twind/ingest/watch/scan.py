"""What lies in a watched folder now.

Links to files and folders are followed, as everywhere; a folder that a link leads back into is
read once, at its own place. What cannot be read is unknown, which is not the same as gone.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from twind.domain.watches import Stamp
from twind.ingest.watch.rules import FolderRules

Identity = tuple[int, int]


class Absence(Enum):
    """Why there is nothing to take at a path."""

    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The content of one folder.

    Attributes:
        folder: The folder.
        files: Stamps of what is taken, by name.
        unknown: Names that are there and cannot be read.
        is_readable: Whether the folder could be read; if not, the rest says nothing.
    """

    folder: str
    files: Mapping[str, Stamp] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    is_readable: bool = True


def identity_of(status: os.stat_result) -> str:
    """Return what tells one folder from another at the same path."""
    return f"{status.st_dev}:{status.st_ino}"


def glance(path: str, rules: FolderRules) -> Stamp | Absence:
    """Return how a file is now, or why it is not to be had."""
    if not rules.takes(path):
        return Absence.GONE
    try:
        status, folder = os.stat(path), os.stat(os.path.dirname(path))
    except (FileNotFoundError, NotADirectoryError):
        return Absence.UNKNOWN if os.path.islink(path) else Absence.GONE
    except OSError:
        return Absence.UNKNOWN
    return _stamp(status, folder) if stat.S_ISREG(status.st_mode) else Absence.GONE


def nearest_device(path: str) -> str | None:
    """Return the file system of the nearest folder above a path; None where that is unknown."""
    while True:
        path = os.path.dirname(path)
        try:
            return str(os.stat(path).st_dev)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None


def walk(start: str, root: str, rules: FolderRules) -> Iterator[Listing]:
    """Yield the folders at and below `start`, which lies at or below `root`."""
    inside = os.path.realpath(root)
    waiting = [(start, _lineage(start, root))]
    while waiting:
        folder, above = waiting.pop()
        try:
            status = os.stat(folder)
            with os.scandir(folder) as scan:
                entries = list(scan)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            yield Listing(folder=folder, is_readable=False)
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            continue
        yield _listing(folder, status, entries, rules)
        lineage = above | {identity}
        waiting += [
            (entry.path, lineage)
            for entry in entries
            if _is_entered(entry, inside) and rules.enters(entry.path)
        ]


def _listing(
    folder: str, status: os.stat_result, entries: list[os.DirEntry[str]], rules: FolderRules
) -> Listing:
    files: dict[str, Stamp] = {}
    unknown = set()
    for entry in entries:
        if not rules.takes(entry.path):
            continue
        try:
            found = entry.stat()
        except OSError:
            unknown.add(entry.name)
            continue
        if stat.S_ISREG(found.st_mode):
            files[entry.name] = _stamp(found, status)
    return Listing(folder=folder, files=files, unknown=frozenset(unknown))


def _is_entered(entry: os.DirEntry[str], inside: str) -> bool:
    """Return whether an entry is a folder, other than a link to where the walk comes anyway."""
    try:
        if not entry.is_dir():
            return False
        if not entry.is_symlink():
            return True
    except OSError:
        return False
    target = os.path.realpath(entry.path)
    return target != inside and not target.startswith(inside.rstrip("/") + "/")


def _lineage(start: str, root: str) -> frozenset[Identity]:
    """Return the folders above `start`, up to `root`."""
    above: set[Identity] = set()
    folder = start
    while folder != root and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        try:
            status = os.stat(folder)
        except OSError:
            continue
        above.add((status.st_dev, status.st_ino))
    return frozenset(above)


def _stamp(status: os.stat_result, folder: os.stat_result) -> Stamp:
    return Stamp(
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        inode=str(status.st_ino),
        device=str(folder.st_dev),
    )
