"""What SQLite says of a file that cannot be used now, as words for the owner of the file."""

import shutil
from pathlib import Path
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.errors import StoreDamaged, StoreUnusable

_READ_ONLY, _IO, _CORRUPT, _FULL, _NO_DATABASE = 8, 10, 11, 13, 26
_PRIMARY = 0xFF  # further bits say more of the same
_NO_ROOM_BYTES = 2**20
_DAMAGED_HINT = "twinctl doctor --fix mends indexes; else restore the file from a copy"


def disk_full(folder: Path) -> StoreUnusable:
    """Return the error of a disk that takes no more, which passes when there is room again."""
    return StoreUnusable(
        f"the disk is full: nothing can be written in {folder}",
        hint="make room; what waits goes on by itself then",
        code=ErrorCode.DISK_FULL,
    )


def unusable(error: Any, path: Path) -> StoreUnusable | None:
    """Return what an error of SQLite says of the file at `path`; None where it is not the file."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
    if code == _FULL or (code == _IO and _has_no_room(path)):
        return disk_full(path.parent)
    if code == _READ_ONLY:
        return StoreUnusable(f"{path} can only be read", hint="let this account write it")
    if code in {_CORRUPT, _NO_DATABASE}:
        return StoreDamaged(f"the database at {path} is damaged", hint=_DAMAGED_HINT)
    if code == _IO:
        return StoreUnusable(
            f"the disk cannot be read or written at {path}", hint="see whether the disk is sound"
        )
    return None


def _has_no_room(path: Path) -> bool:
    """Tell a full disk where the system says no more than that it could not write."""
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM_BYTES
    except OSError:
        return False
