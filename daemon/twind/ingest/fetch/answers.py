"""What the status of a web server's answer means for a source."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from twinctl.wire.codes import ErrorCode
from twind.domain.jobs import LONGEST_WAIT_S
from twind.errors import FetchFailed, TwindError
from twind.jobs.handler import Passing

SAVE_HINT = "open it in the browser, save the page, and ingest the file"

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_BUSY: dict[int, ErrorCode] = {
    HTTPStatus.REQUEST_TIMEOUT: ErrorCode.SERVER_UNAVAILABLE,
    HTTPStatus.TOO_EARLY: ErrorCode.SERVER_UNAVAILABLE,
    HTTPStatus.TOO_MANY_REQUESTS: ErrorCode.RATE_LIMITED,
}


def failure_of(status: int, headers: Mapping[str, str], url: str, now: float) -> TwindError | None:
    """Return why an answer is not the content of `url`; None where it is.

    Args:
        status: The HTTP status.
        headers: Its headers; names in small letters are found.
        url: What was asked for.
        now: The time, in UTC seconds.
    """
    if status in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
        return None
    said = f"{status} {_phrase(status)}".strip()
    if status in _GONE:
        return FetchFailed(
            f"there is no page {url} ({said})",
            hint="check the address, or look for where the page has moved",
            code=ErrorCode.PAGE_NOT_FOUND,
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
        code = _BUSY.get(status, ErrorCode.SERVER_UNAVAILABLE)
        return _later(f"the server of {url} cannot answer now ({said})", code, headers, now)
    return FetchFailed(
        f"the server does not give out {url} ({said})",
        hint=SAVE_HINT,
        code=ErrorCode.PAGE_FORBIDDEN,
    )


def _later(message: str, code: ErrorCode, headers: Mapping[str, str], now: float) -> TwindError:
    """Tell when to come again; a server that wants long to be left alone is left alone."""
    wait_s = retry_after_s(headers.get("retry-after"), now)
    if wait_s is not None and wait_s > LONGEST_WAIT_S:
        hint = f"the server asks to wait {wait_s / 60:.0f} minutes; ingest it again then"
        return FetchFailed(message, hint=hint, code=code)
    return Passing(message, hint="ingest it again later", code=code, after_s=wait_s)


def retry_after_s(value: str | None, now: float) -> float | None:
    """Return the seconds that a `Retry-After` asks for, a number or a date; None for neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
