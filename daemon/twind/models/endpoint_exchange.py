"""One HTTP request and its answer, on a connection that can be given up at any moment.

A model may read for minutes before its first word. Libraries wait for it inside one call, which
nobody can leave; here whoever waits gets a pulse every now and then, and can close the connection
between two of them. The protocol itself is h11's.
"""

import socket
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import h11

from twind.errors import GeneratorFailed
from twind.models.endpoint_address import Address

PULSE_S = 0.1
"""How long at most nothing is yielded."""

_READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long is waited, in seconds.

    Attributes:
        connect_s: For a connection, and until the request is sent.
        silence_s: Without a byte of the answer.
        total_s: For the whole answer.
    """

    connect_s: float
    silence_s: float
    total_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked; `key` goes into the `Authorization` header and nowhere else."""

    method: str
    path: str
    body: bytes = b""
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The beginning of an answer; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]


def exchange(
    address: Address, request: Request, patience: Patience
) -> Generator[Head | bytes | None, None, None]:
    """Yield the head of the answer, then its body in pieces; None is a pulse.

    Closed on the way, it closes the connection.

    Raises:
        OSError: There is no connection, it broke, or it was silent for too long.
        h11.RemoteProtocolError: What answers does not speak HTTP, or broke off.
        GeneratorFailed: What is sent would go over the open internet for all to read.
    """
    began = time.monotonic()
    with closing(_connected(address, patience.connect_s)) as connection:
        _check_way(address, connection)
        protocol = h11.Connection(h11.CLIENT)
        connection.sendall(_as_bytes(protocol, address, request))
        connection.settimeout(PULSE_S)
        yield from _answer(protocol, connection, patience, began)


def _check_way(address: Address, connection: socket.socket) -> None:
    if address.uds is None and address.is_open_to(connection.getpeername()[0]):
        raise GeneratorFailed(
            f"nothing was sent to {address.host}: questions, passages and the key could be read "
            "on the way",
            hint="give models.endpoint_url an address that starts with https://, or a tunnel",
        )


def _connected(address: Address, timeout_s: float) -> socket.socket:
    if address.uds is not None:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(timeout_s)
            connection.connect(str(address.uds))
        except BaseException:
            connection.close()
            raise
        return connection
    connection = socket.create_connection((address.host, address.port), timeout_s)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _secured(connection, address.host) if address.secure else connection
    except BaseException:
        connection.close()
        raise


def _secured(connection: socket.socket, host: str) -> socket.socket:
    import httpx2  # knows which authorities this machine trusts

    return httpx2.create_ssl_context().wrap_socket(connection, server_hostname=host)


def _as_bytes(protocol: h11.Connection, address: Address, request: Request) -> bytes:
    headers = [
        ("Host", address.authority),
        ("Accept", "text/event-stream, application/json"),
        ("User-Agent", "twinctl"),
        ("Connection", "close"),
    ]
    if request.key:
        headers.append(("Authorization", f"Bearer {request.key}"))
    if request.body:
        headers.append(("Content-Type", "application/json"))
        headers.append(("Content-Length", str(len(request.body))))
    target = address.path + request.path
    head = protocol.send(h11.Request(method=request.method, target=target, headers=headers))
    body = protocol.send(h11.Data(data=request.body)) if request.body else b""
    return b"".join(part or b"" for part in (head, body, protocol.send(h11.EndOfMessage())))


def _answer(
    protocol: h11.Connection, connection: socket.socket, patience: Patience, began: float
) -> Generator[Head | bytes | None, None, None]:
    heard = time.monotonic()
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            now = time.monotonic()
            if now - heard > patience.silence_s or now - began > patience.total_s:
                raise TimeoutError
            try:
                received = connection.recv(_READ_BYTES)
            except TimeoutError:
                yield None
                continue
            heard = now
            protocol.receive_data(received)
        elif isinstance(event, h11.Data):
            yield bytes(event.data)
        elif isinstance(event, h11.Response):
            headers = {
                name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers
            }
            yield Head(status=event.status_code, headers=headers)
        elif not isinstance(event, h11.InformationalResponse):
            return
