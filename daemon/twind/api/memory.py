"""How much memory this process takes."""

import os
import resource
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
_STATUS = Path("/proc/self/status")
_OWN = "RssAnon:"
_UNIT = 1024


def own_bytes(status: Path = _STATUS) -> int:
    """Return the memory that this process has made itself and that nobody else could use.

    Pages of files that the system maps and drops again, as those of the database, are not counted
    where the system tells them apart (Linux); elsewhere this is `resident_bytes`.
    """
    try:
        lines = status.read_text("ascii", "replace").splitlines()
    except OSError:
        lines = []
    own = next((line.removeprefix(_OWN) for line in lines if line.startswith(_OWN)), None)
    return int(own.split()[0]) * _UNIT if own else resident_bytes()


def resident_bytes() -> int:
    """Return all that is in memory for this process, or the peak where only that is known."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * _UNIT
