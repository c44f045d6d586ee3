"""The first look at a request: is it meant for this host, does it name a page, is it small?

A page of any site can have its name point to this machine and then ask it as its own origin. Its
requests still name that site in `Host`, so only the names this machine is known by are answered.
"""

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinctl.wire.codes import ErrorCode
from twind.access.origins import is_loopback
from twind.domain.addresses import parse_address
from twind.public.refusals import Refused

LARGEST_HEAD_BYTES = 16 << 10
MOST_HEADERS = 100
LARGEST_BODY_BYTES = 64 << 10
LARGEST_HISTORY_BYTES = 1 << 20
"""Of what programs tell of a conversation with every question."""

_HOST = re.compile(rb"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_PATH = re.compile(rb"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+|/")
_JSON = "application/json"


class HostCheck:
    """ASGI middleware that answers only under the names that this machine is known by."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """Take what answers.

        Args:
            app: What comes after.
            host: The name that visitors know, in small letters; empty for none.
        """
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if self._is_ours(scope):
            await self._app(scope, receive, send)
            return
        refused = Refused(
            HTTPStatus.MISDIRECTED_REQUEST,
            "this machine is not known by that name",
            code=ErrorCode.HOST_REFUSED,
        )
        await refused.answer(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        """Return whether the one `Host` is our name, loopback, or the address that was called."""
        given = [value for name, value in scope["headers"] if name == b"host"]
        found = _HOST.fullmatch(given[0]) if len(given) == 1 else None
        if found is None:
            return False
        host = _plain(found[1].decode().lower())
        return is_loopback(host) or host in {self._host, _plain(scope["server"][0])} - {""}


def _plain(host: str) -> str:
    """Return a name as it is, and an address in the one way that it is written."""
    return str(parse_address(host) or host)


class RequestCheck:
    """ASGI middleware that lets plainly written paths and small bodies pass, read whole."""

    def __init__(self, app: ASGIApp, may_tell_more: Callable[[Scope], bool]) -> None:
        """Take what answers.

        Args:
            app: What comes after.
            may_tell_more: Tells whether the sender of a request is trusted with a larger body;
                asked in a thread, and only about those that announce one.
        """
        self._app = app
        self._may_tell_more = may_tell_more

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        try:
            _check_head(scope)
            _check_path(scope["raw_path"])
            headers = Headers(scope=scope)
            _check_media_type(headers)
            body = await _read(receive, await self._most(scope, headers))
        except Refused as refused:
            await refused.answer(scope, receive, send)
            return
        if body is not None:
            await self._app(scope, _again(body, receive), send)

    async def _most(self, scope: Scope, headers: Headers) -> int:
        """Return how large a body may be, of a request that is not too large before it is read.

        Raises:
            Refused: It is.
        """
        length, most = int(headers.get("content-length", "0")), LARGEST_BODY_BYTES
        if length > most and await asyncio.to_thread(self._may_tell_more, scope):
            most = LARGEST_HISTORY_BYTES
        if length > most:
            raise _too_large(most)
        return most


def _check_head(scope: Scope) -> None:
    """Refuse a head that came whole and is still too large.

    Raises:
        Refused: It is.
    """
    sizes = [len(name) + len(value) for name, value in scope["headers"]]
    size = sum(sizes) + len(scope["raw_path"]) + len(scope["query_string"])
    if size > LARGEST_HEAD_BYTES or len(sizes) > MOST_HEADERS:
        raise Refused(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"the head of a request may have {LARGEST_HEAD_BYTES:,} bytes",
            headers={"Connection": "close"},
        )


def _check_path(path: bytes) -> None:
    """Refuse what is not written as our own addresses are, as with `//`, `..` or `%2e`.

    Raises:
        Refused: It is not.
    """
    if not _PATH.fullmatch(path):
        raise Refused(HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND.phrase, code=ErrorCode.NOT_FOUND)


def _check_media_type(headers: Headers) -> None:
    """Refuse a body that is no JSON.

    Pages of other sites can send forms and plain text without asking first, but not JSON.

    Raises:
        Refused: It is something else.
    """
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and media_type != _JSON:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a body must be application/json")


def _too_large(most: int) -> Refused:
    return Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"a request may have {most:,} bytes",
        code=ErrorCode.TOO_LARGE,
        headers={"Connection": "close"},
    )


async def _read(receive: Receive, most: int) -> bytes | None:
    """Return the whole body; None where the client left.

    Raises:
        Refused: It became too large.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what hands out a body that was read before, and then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
