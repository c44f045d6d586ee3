"""Connections of httpx2 that go only where the guard allows, and end when the deadline does.

The guard stands where the connection is made, below redirects and whatever else a client does:
the address that was checked is the one that is connected to. TLS still asks for the certificate
of the host by its name.
"""

import time
from collections.abc import Iterable, Iterator
from ssl import SSLContext
from typing import Any, cast

import httpcore2
import httpx2

from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.deadline import Deadline

_LOOK_EVERY_S = 1.0
_MAX_ADDRESSES = 4


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests over connections of one fetch. Raises the exceptions of httpcore2."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._pool = httpcore2.ConnectionPool(network_backend=_Network(guard, deadline))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the body of the answer is read as it is asked for."""
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=cast("Iterable[bytes]", request.stream),
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Network(httpcore2.NetworkBackend):
    """Opens connections to addresses that the guard gave."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError("there is no address")
        for address in self._guard.addresses(host, port)[:_MAX_ADDRESSES]:
            wait_s = _least(timeout, self._deadline.left_s())
            try:
                stream = self._sockets.connect_tcp(
                    address, port, wait_s, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure


class _Stream(httpcore2.NetworkStream):
    """A connection that waits in short steps, so that the deadline is kept."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        began = time.monotonic()
        while True:
            wait_s = _least(timeout, self._deadline.left_s(), _LOOK_EVERY_S)
            try:
                return self._stream.read(max_bytes, wait_s)
            except httpcore2.ReadTimeout:
                if timeout is not None and time.monotonic() - began >= timeout:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _least(timeout, self._deadline.left_s()))

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        wait_s = _least(timeout, self._deadline.left_s())
        secured = self._stream.start_tls(ssl_context, server_hostname, wait_s)
        return _Stream(secured, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _least(*seconds: float | None) -> float:
    return min(wait for wait in seconds if wait is not None)
