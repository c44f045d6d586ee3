"""Failures below `/v1`, told in the shape of the protocol that is spoken there.

Wherever one arises, in a route or before any is found, it is a problem document at first; it is
put into the other shape on its way out, with all its headers.
"""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twinctl.wire.codes import ErrorCode
from twinctl.wire.errors import Problem
from twinctl.wire.openai import ApiError, ApiErrorOut

_PREFIX = "/v1/"
_PROBLEM = "application/problem+json"
_INVALID = "invalid_request_error"
_SERVER = "server_error"
_CODES: dict[str, str] = {
    ErrorCode.NOT_AUTHENTICATED: "invalid_api_key",
    ErrorCode.RATE_LIMITED: "rate_limit_exceeded",
}
_TYPES = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}
_STATUS = {HTTPStatus.UNPROCESSABLE_ENTITY: HTTPStatus.BAD_REQUEST}
"""Clients of the protocol know a request that cannot be used by this status."""


class OpenAIErrors:
    """ASGI middleware that puts problem documents below `/v1` into the shape of the protocol."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        is_ours = scope["type"] == "http" and scope["path"].startswith(_PREFIX)
        await self._app(scope, receive, _Translation(send) if is_ours else send)


class _Translation:
    """Holds a problem document back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_problem(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._tell(self._start)

    async def _tell(self, start: Message) -> None:
        body = translated(Problem.model_validate_json(self._body)).model_dump_json().encode()
        headers = MutableHeaders(scope=start)
        headers["Content-Type"] = "application/json"
        headers["Content-Length"] = str(len(body))
        await self._send({**start, "status": _STATUS.get(start["status"], start["status"])})
        await self._send({"type": "http.response.body", "body": body})


def translated(problem: Problem) -> ApiErrorOut:
    """Return a problem in the shape of the protocol."""
    is_inside = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    usual = _SERVER if is_inside else _INVALID
    return ApiErrorOut(
        error=ApiError(
            message=f"{problem.detail} ({problem.hint})" if problem.hint else problem.detail,
            type=_TYPES.get(HTTPStatus(problem.status), usual),
            param=problem.param,
            code=_CODES.get(problem.code, problem.code),
        )
    )


def _is_problem(start: Message) -> bool:
    return MutableHeaders(scope=start).get("Content-Type", "") == _PROBLEM
