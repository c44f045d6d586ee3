"""Tells which new file is one that vanished, under another name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from twind.domain.watches import Stamp, WatchedFile

HashOf = Callable[[str], str | None]


def pair_renames(
    new: Mapping[str, Stamp], gone: Iterable[WatchedFile], hash_of: HashOf
) -> dict[str, WatchedFile]:
    """Return for new paths the vanished files that they are, each at most once.

    A file is the same if its inode, size and time are; else if its bytes are those that were
    indexed, where one with the same name goes before others.

    Args:
        new: Stamps of files that are not known at their path.
        gone: Files that were taken and are not there any more.
        hash_of: Gives the SHA-256 of a file; asked only where sizes agree.
    """
    left = {file.path: file for file in gone}
    pairs: dict[str, WatchedFile] = {}
    by_inode = {(file.stamp.inode, file.stamp.device): file for file in left.values()}
    for path, stamp in new.items():
        file = by_inode.get((stamp.inode, stamp.device))
        if file is not None and file.path in left and stamp.is_same_content(file.stamp):
            pairs[path] = left.pop(file.path)
    by_size: defaultdict[int, list[WatchedFile]] = defaultdict(list)
    for file in left.values():
        by_size[file.stamp.size].append(file)
    for path, stamp in new.items():
        candidates = by_size.get(stamp.size)
        if candidates and path not in pairs:
            file = _same_bytes(path, candidates, hash_of)
            if file is not None:
                pairs[path] = file
                candidates.remove(file)
    return pairs


def _same_bytes(
    path: str, candidates: Iterable[WatchedFile], hash_of: HashOf
) -> WatchedFile | None:
    found_hash = hash_of(path)
    same = [file for file in candidates if found_hash and file.blob_hash == found_hash]
    name = PurePath(path).name
    return min(same, key=lambda file: file.name != name, default=None)
