"""Watched folders, the files that were taken from them, and how they stand."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


class WatchState(StrEnum):
    """How a watched folder is kept in step."""

    WATCHING = "watching"
    POLLING = "polling"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A folder whose files are sources of a twin. Times are UTC seconds.

    Attributes:
        id: The watch.
        twin_id: The twin that learns from it.
        path: The folder, absolute.
        include: Globs; where there are some, a file must match one.
        exclude: Globs of what is left out.
        root: Which folder lay at the path when it was last read: device and inode.
        last_event_at: When a change in it was last followed.
        created_at: When it was added.
    """

    id: str
    twin_id: str
    path: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    root: str | None = None
    last_event_at: float | None = None
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a watched folder is being followed, and why not better."""

    state: WatchState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchCounts:
    """How many sources came from a watched folder, and how they are."""

    files: int
    live: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What tells whether a file is the one that was taken, without reading it.

    Attributes:
        size: Bytes.
        mtime_ns: When it was last written.
        inode: Its number on its file system.
        device: The file system of the folder that it lies in, which says after an unmount that
            the file is out of reach and not gone.
    """

    size: int
    mtime_ns: int
    inode: str
    device: str

    def is_same_content(self, other: "Stamp") -> bool:
        """Return whether a file with the other stamp has the same bytes, as far as stamps tell."""
        return (self.size, self.mtime_ns) == (other.size, other.mtime_ns)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFile:
    """A file that was taken from a watched folder.

    Attributes:
        watch_id: The watch.
        folder: The folder that it lies in, absolute.
        name: Its name there.
        source_id: The source that was made of it, which its owner may have deleted since.
        blob_hash: SHA-256 of the bytes that are indexed of it, if any are.
        stamp: How it was when it was taken.
    """

    watch_id: str
    folder: str
    name: str
    source_id: str
    blob_hash: str | None = None
    stamp: Stamp

    @property
    def path(self) -> str:
        """Where it lies."""
        return str(PurePath(self.folder, self.name))
