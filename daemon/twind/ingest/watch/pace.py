"""How often what of a watched folder is looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Times in seconds.

    Attributes:
        quiet_s: How long a file must have been still.
        check_s: Whether a folder is still there, or is back.
        poll_s: All of a folder whose changes nobody tells of.
        rescan_s: All of any other folder.
    """

    quiet_s: float
    check_s: float = 5.0
    poll_s: float = 10.0
    rescan_s: float = 600.0
