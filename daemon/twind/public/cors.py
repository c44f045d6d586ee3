"""What pages of other sites may read: one rule on every route, errors and preflights included.

An origin is let in here if any key names it; what a request may do is judged by its own key. A
page that a key does not name thus still reads why it is refused.
"""

from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinctl.wire.codes import ErrorCode
from twind.public.refusals import Refused

_KEPT_S = 600
_READABLE = "Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-ID"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    # "*" is for what clients add of their own, as `X-Stainless-Lang`; it never means Authorization
    "Access-Control-Allow-Headers": "Authorization, Content-Type, *",
    "Access-Control-Max-Age": str(_KEPT_S),
}

IsForPages = Callable[[str], bool]
"""Tells whether any key is for the pages of an origin."""


class Cors:
    """ASGI middleware that echoes the one origin that matches."""

    def __init__(self, app: ASGIApp, is_for_pages: IsForPages) -> None:
        """Take what answers, and what says whose pages may read it."""
        self._app = app
        self._is_for_pages = is_for_pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        is_allowed = bool(origin) and self._is_for_pages(origin)

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.add_vary_header("Origin")
                if is_allowed:
                    answered["Access-Control-Allow-Origin"] = origin
                    answered["Access-Control-Expose-Headers"] = _READABLE
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(is_allowed)(scope, receive, send_more)
        else:
            await self._app(scope, receive, send_more)


def _preflight(is_allowed: bool) -> ASGIApp:  # noqa: FBT001 - read aloud at its one call
    if is_allowed:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
    told = "no key names this origin"
    return Refused(HTTPStatus.FORBIDDEN, told, code=ErrorCode.ORIGIN_REFUSED).answer
