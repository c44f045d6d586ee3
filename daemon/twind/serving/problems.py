"""Errors as problem documents (RFC 9457): one table, three handlers."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from twinctl.wire.codes import ErrorCode
from twinctl.wire.errors import Problem
from twinctl.wire.faults import fault_words
from twind.errors import NotAuthenticated, RateLimited, TwindError

log = logging.getLogger(__name__)

MOST_FAULTS = 5
"""Of a request, that are told: one of many parts can have as many as it has bytes."""

UNAVAILABLE_S = 30
"""When to come back to what cannot answer now; nobody knows better."""

_INSIDE = TwindError(
    "something went wrong inside the daemon", hint="see the trace with: twinctl daemon logs"
)

STATUS: dict[ErrorCode, HTTPStatus] = {
    ErrorCode.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorCode.CONFLICT: HTTPStatus.CONFLICT,
    ErrorCode.CANCELLED: HTTPStatus.CONFLICT,
    ErrorCode.MODEL_UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.STORE_UNUSABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.DISK_FULL: HTTPStatus.INSUFFICIENT_STORAGE,
    ErrorCode.SHUTTING_DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.FILE_MISSING: HTTPStatus.NOT_FOUND,
    ErrorCode.FILE_UNREADABLE: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ErrorCode.EMPTY: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.NOT_AUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.KEY_EXPIRED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.KEY_REVOKED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.SESSION_EXPIRED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    ErrorCode.ORIGIN_REFUSED: HTTPStatus.FORBIDDEN,
    ErrorCode.VISITOR_REFUSED: HTTPStatus.FORBIDDEN,
    ErrorCode.HOST_REFUSED: HTTPStatus.MISDIRECTED_REQUEST,
    ErrorCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.MODEL_NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorCode.SHARE_EXPIRED: HTTPStatus.GONE,
    ErrorCode.SHARE_REVOKED: HTTPStatus.GONE,
    ErrorCode.SHARE_USED_UP: HTTPStatus.GONE,
    ErrorCode.PASSCODE_WRONG: HTTPStatus.FORBIDDEN,
}


def status_of(code: ErrorCode) -> HTTPStatus:
    """Return the HTTP status of a code; what is not in the table is our own fault."""
    return STATUS.get(code, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_response(
    request: Request,
    status: HTTPStatus,
    detail: str,
    *,
    code: ErrorCode,
    hint: str | None = None,
    param: str | None = None,
) -> JSONResponse:
    """Return a problem document with the id of the request."""
    problem = Problem(
        title=status.phrase,
        status=status,
        detail=detail,
        code=code,
        hint=hint,
        param=param,
        request_id=request.scope.get("request_id"),
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status,
        media_type="application/problem+json",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a failure is told, and what can be done about it."""

    detail: str
    hint: str | None = None


def to_owner(error: TwindError) -> Words:
    """Return a failure as its owner is told of it: as it is."""
    return Words(detail=error.message, hint=error.hint)


def add_error_handlers(app: FastAPI, words: Callable[[TwindError], Words] = to_owner) -> None:
    """Make every failure of `app` a problem document, told in these words."""
    app.state.words = words
    app.add_exception_handler(TwindError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _protocol)
    app.add_exception_handler(Exception, _unexpected)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TwindError)  # noqa: S101 - as registered above
    status, response = status_of(error.code), _told(request, error)
    if isinstance(error, NotAuthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(ceil(error.retry_after_s))
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(UNAVAILABLE_S)
    return response


def _told(request: Request, error: TwindError) -> JSONResponse:
    words: Words = request.app.state.words(error)
    return problem_response(
        request, status_of(error.code), words.detail, code=error.code, hint=words.hint
    )


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as registered above
    faults = [fault_words(fault) for fault in error.errors()[:MOST_FAULTS]]
    return problem_response(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "; ".join(faults),
        code=ErrorCode.INVALID,
        param=_param(error.errors()[0]),
    )


def _param(fault: Mapping[str, Any]) -> str | None:
    """Return the place of a fault within what was sent, as `messages[0].content`."""
    if fault["type"] == "json_invalid":
        return None
    place = fault["loc"][1:]
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".") or None


def _protocol(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - as registered above
    status = HTTPStatus(error.status_code)
    code = ErrorCode.NOT_FOUND if status == HTTPStatus.NOT_FOUND else ErrorCode.INVALID
    response = problem_response(request, status, str(error.detail), code=code)
    response.headers.update(error.headers or {})  # as `Allow`, of a method that is not
    return response


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("request %s failed", request.scope.get("request_id"), exc_info=error)
    response = _told(request, _INSIDE)
    response.headers["Connection"] = "close"  # what serves hangs up, which proxies must know
    return response
