"""HTTP over the daemon's UNIX socket: one connection, used again as long as it lives.

Free of pydantic, so that what only asks whether the daemon is there starts fast.
"""

import contextlib
import http.client
import json
import os
import select
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from twinctl.errors import ApiError, DaemonUnreachable, NotAllowed

TIMEOUT_S = 120.0
"""Longest silence that is waited through; a model may be loading."""

LONGEST_PATH = 100
"""Bytes that fit in the address of a UNIX socket everywhere, less a few."""


class Transport:
    """Requests to one daemon on behalf of one tenant; not for several threads."""

    def __init__(
        self, socket_path: Path, *, tenant: str = "default", timeout_s: float = TIMEOUT_S
    ) -> None:
        self._path = socket_path
        self._tenant = tenant
        self._headers = {"X-Twinctl-Tenant": tenant}
        self._timeout_s = timeout_s
        self._connection: _UnixConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def beside(self) -> "Transport":
        """Return another connection to the same daemon for the same tenant."""
        return Transport(self._path, tenant=self._tenant, timeout_s=self._timeout_s)

    def hang_up(self) -> None:
        """End whatever is being received; the one thing that another thread may do."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def json(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> Any:
        """Return the JSON that a route answers.

        Raises:
            DaemonUnreachable: Nobody answers on the socket.
            NotAllowed: The socket belongs to another account.
            ApiError: The daemon answered with a problem.
        """
        with self._wrapped():
            return json.loads(self._send(method, path, query=query, body=body).read())

    def raw(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> bytes:
        """Return the bytes that a route answers; raises as `json` does."""
        with self._wrapped():
            return self._send(method, path, query=query, body=body).read()

    def lines(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: bytes | None = None,
    ) -> Iterator[str]:
        """Yield the lines of an answer as they come; closing the generator hangs up.

        Raises as `json` does.
        """
        try:
            with self._wrapped():
                answer = self._send(method, path, query=query, body=body)
                for line in answer:
                    yield line.decode("utf-8").rstrip("\r\n")
        finally:
            self.close()

    def _send(
        self, method: str, path: str, *, query: Mapping[str, object] | None, body: bytes | None
    ) -> http.client.HTTPResponse:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        target = f"{path}?{urlencode(given)}" if given else path
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = self._live_connection()
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        if answer.status >= http.client.BAD_REQUEST:
            raise _as_error(answer)
        return answer

    def _live_connection(self) -> "_UnixConnection":
        if self._connection is not None and self._connection.is_stale():
            self.close()
        if self._connection is None:
            self._connection = _UnixConnection(self._path, self._timeout_s)
        return self._connection

    @contextlib.contextmanager
    def _wrapped(self) -> Iterator[None]:
        try:
            yield
        except ApiError:
            raise
        except PermissionError as error:
            self.close()
            raise NotAllowed(
                f"you may not open {self._path}", hint="it belongs to another account"
            ) from error
        except TimeoutError as error:
            self.close()
            raise DaemonUnreachable(
                f"the daemon did not answer within {self._timeout_s:g} seconds",
                hint="twinctl daemon logs",
            ) from error
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            self.close()
            raise DaemonUnreachable(
                f"the daemon does not answer on {self._path}", hint="twinctl daemon start"
            ) from error


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path, timeout_s: float) -> None:
        super().__init__("localhost", timeout=timeout_s)
        self._path = path
        self._timeout_s = timeout_s

    def connect(self) -> None:
        """Open the socket."""
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        channel.settimeout(self._timeout_s)
        try:
            with _address(self._path) as address:
                channel.connect(address)
        except BaseException:
            channel.close()
            raise
        self.sock = channel

    def is_stale(self) -> bool:
        """Whether the daemon hung up: an idle connection has nothing to read but its end."""
        return self.sock is not None and bool(select.select([self.sock], [], [], 0)[0])


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Give an address that fits in a socket's, however long the path is."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    if not sys.platform.startswith("linux"):
        raise DaemonUnreachable(
            f"the path of the socket is too long: {path}",
            hint="set TWINCTL_HOME to a folder with a shorter path",
        )
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _as_error(answer: http.client.HTTPResponse) -> ApiError:
    """Return the problem document of an answer as an error."""
    text = answer.read()
    try:
        problem = json.loads(text)
    except json.JSONDecodeError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    return ApiError(
        str(problem.get("detail") or problem.get("title") or f"HTTP {answer.status}"),
        code=str(problem.get("code") or "internal"),
        status=answer.status,
        hint=problem.get("hint"),
    )
