"""What is meant by the arguments of `ingest`: files, folders, addresses of the web, or stdin."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from twinctl.errors import Misused
from twinctl.wire.folders import is_left_out
from twinctl.wire.formats import FOLDER_SUFFIXES
from twinctl.wire.videos import is_youtube

STDIN = "-"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Found:
    """What the arguments name.

    Attributes:
        items: Absolute paths in the order given, folders in the order of their names; addresses
            as they are; `-` for stdin.
        skipped: Files of folders whose format is not taken.
        unreadable: Folders that could not be read, and why.
    """

    items: list[str] = field(default_factory=list)
    skipped: int = 0
    unreadable: list[str] = field(default_factory=list)


def kind_of(item: str) -> str:
    """Return the kind of source that an item becomes; an address may be of any scheme."""
    if item == STDIN:
        return "text"
    if not _ADDRESS.match(item):
        return "file"
    return "youtube" if is_youtube(item) else "url"


def find_files(arguments: Sequence[str]) -> Found:
    """Return the things that the arguments name, each once.

    Raises:
        Misused: One names nothing, as an unset variable of a script does.
    """
    if "" in arguments:
        raise Misused("one of the paths is empty", hint="for this folder, name it: .")
    found = Found()
    for argument in arguments:
        if kind_of(argument) != "file":
            found.items.append(argument)
            continue
        path = os.path.abspath(os.path.expanduser(argument))  # noqa: PTH100, PTH111 - keeps links
        if Path(path).is_dir():
            _take_folder(path, found)
        else:
            found.items.append(path)
    found.items = list(dict.fromkeys(found.items))
    return found


def _take_folder(folder: str, found: Found) -> None:
    for path in _walk(folder, found):
        if path.suffix.lower() in FOLDER_SUFFIXES:
            found.items.append(str(path))
        else:
            found.skipped += 1


def _walk(folder: str, found: Found) -> Iterator[Path]:
    """Yield the files below a folder; a folder that links lead to twice is read once."""
    seen: set[tuple[int, int]] = set()

    def refused(error: OSError) -> None:
        found.unreadable.append(f"{error.filename}: {error.strerror}")

    for where, folders, files in os.walk(folder, followlinks=True, onerror=refused):
        entry = Path(where).stat()
        if (entry.st_dev, entry.st_ino) in seen:
            folders.clear()
            continue
        seen.add((entry.st_dev, entry.st_ino))
        folders[:] = sorted(name for name in folders if not is_left_out(name))
        for name in sorted(files):
            if not is_left_out(name) and Path(where, name).is_file():
                yield Path(where, name)
