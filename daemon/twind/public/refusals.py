"""Answers to requests that never reach a route."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from twinctl.wire.codes import ErrorCode
from twind.serving.problems import problem_response


class Refused(Exception):
    """A request that is answered at once, with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        code: ErrorCode = ErrorCode.INVALID,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code
        self.headers = headers or {}

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the problem document."""
        response = problem_response(Request(scope), self.status, self.detail, code=self.code)
        response.headers.update(self.headers)
        await response(scope, receive, send)
