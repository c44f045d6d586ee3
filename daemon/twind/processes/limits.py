"""Limits that a child puts on itself before it touches anything that somebody else made."""

import resource
import sys


def limit_resources(*, memory_bytes: int, file_bytes: int, open_files: int) -> None:
    """Cap address space, size of written files and open files; forbid core dumps.

    macOS cannot cap the address space, so there only the other limits hold.
    """
    if sys.platform != "darwin":
        _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    _lower(resource.RLIMIT_NOFILE, open_files)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))
