"""Sockets of the public listener, and how many of them this process may have."""

import errno
import resource
import socket
from contextlib import suppress

from twind.errors import Conflict, InvalidInput
from twind.serving.listening import Address

SEND_BUFFER_BYTES = 64 << 10
"""What the system holds for a reader that does not read."""
_MOST_FILES = 1 << 16


def raised_files() -> int:
    """Let this process open as many files as it may; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address; port 0 takes any that is free.

    Raises:
        InvalidInput: There is no such address on this machine.
        Conflict: The port is taken.
    """
    try:
        (family, _, _, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise InvalidInput(f"{host} is no address: {error.strerror}") from error
    # By its protocol asyncio knows that it may set TCP_NODELAY. Without it the body of an answer
    # waits until its head is confirmed, which takes 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        listening.bind(address)
    except OSError as error:
        listening.close()
        where = Address(host=host, port=port)
        if error.errno == errno.EADDRINUSE:
            raise Conflict(
                f"something else listens on {where} already",
                hint="choose another port: twinctl config set public.listen HOST:PORT",
            ) from error
        raise InvalidInput(f"cannot listen on {where}: {error.strerror}") from error
    return listening
