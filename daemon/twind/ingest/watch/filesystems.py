"""File systems whose changes this machine is not told of when another one makes them."""

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_REMOTE = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "glusterfs"),
        *("9p", "vboxsf", "drvfs", "vmhgfs", "prl_fs", "virtiofs", "fakeowner", "davfs"),
    }
)
_USER_SPACE = "fuse."


def remote_kind(path: str) -> str | None:
    """Return the kind of the file system at a path if it is to be polled; None otherwise.

    Systems without `/proc` tell of changes themselves, or cannot be asked.
    """
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in lines:
        fields, _, rest = line.partition(" - ")
        point = _unescaped(fields.split()[4])
        if len(point) >= len(best) and _is_at_or_below(real, point):
            best, kind = point, rest.split()[0]
    return kind if kind in _REMOTE or kind.startswith(_USER_SPACE) else None


def _is_at_or_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _unescaped(point: str) -> str:
    """Return a mount point as it is named; blanks are written in octal there."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
