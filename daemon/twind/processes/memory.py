"""Memory of the daemon itself, as glibc keeps it; elsewhere nothing is done."""

import ctypes

_M_ARENA_MAX = -8  # of malloc.h
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads take memory from few arenas; to be called before there are threads.

    By itself glibc makes up to eight a processor, and each keeps what its threads once took.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_ARENA_MAX, _ARENAS)


def give_back_freed() -> None:
    """Return to the system what large documents took, which glibc keeps although it is free."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
