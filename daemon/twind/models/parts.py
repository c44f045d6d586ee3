"""Folders in which models arrive; what is in them is no model yet, and the rest may follow."""

import errno
import shutil
from pathlib import Path

SUFFIX = ".part"
INCOMPLETE = "*.incomplete"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where a file can grow no more."""


def part_of(models: Path, name: str) -> Path:
    """Return the folder in which a model arrives that is wanted by this name."""
    return models / (name.replace("/", "--").replace(":", "--") + SUFFIX)


def drop(part: Path) -> None:
    """Remove a folder with all that has arrived."""
    shutil.rmtree(part, ignore_errors=True)


def drop_if_empty(part: Path) -> None:
    """Remove a folder in which no byte has arrived."""
    if part.is_dir() and not bytes_in(part):
        drop(part)


def drop_rests(part: Path) -> None:
    """Remove pieces of files that were replaced at the hub meanwhile."""
    for rest in part.rglob(INCOMPLETE):
        rest.unlink()


def bytes_in(folder: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
