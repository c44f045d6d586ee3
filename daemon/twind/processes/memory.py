"""Memory of the daemon itself."""

import ctypes


def give_back_freed() -> None:
    """Return to the system what large documents took, which glibc keeps although it is free."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
