import pytest

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed
from twind.ingest.fetch.answers import failure_of, retry_after_s
from twind.jobs.handler import Passing

NOW = 784_111_777.0  # Sun, 06 Nov 1994 08:49:37 GMT
LATER = "Sun, 06 Nov 1994 08:50:07 GMT"


@pytest.mark.parametrize("status", [200, 203])
def test_an_answer_with_content_is_no_failure(status: int) -> None:
    assert failure_of(status, {}, "http://a.test/", NOW) is None


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((404, ErrorCode.PAGE_NOT_FOUND), (410, ErrorCode.PAGE_NOT_FOUND)),
        *((401, ErrorCode.PAGE_FORBIDDEN), (403, ErrorCode.PAGE_FORBIDDEN)),
        *((407, ErrorCode.PAGE_FORBIDDEN), (451, ErrorCode.PAGE_FORBIDDEN)),
        *((400, ErrorCode.PAGE_FORBIDDEN), (204, ErrorCode.PAGE_FORBIDDEN)),
        *((300, ErrorCode.PAGE_FORBIDDEN), (499, ErrorCode.PAGE_FORBIDDEN)),
    ],
)
def test_what_the_server_will_not_give_fails_for_good(status: int, code: ErrorCode) -> None:
    failure = failure_of(status, {}, "http://a.test/", NOW)
    assert isinstance(failure, FetchFailed)
    assert (failure.code, str(status) in failure.message) == (code, True)
    assert failure.hint


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((429, ErrorCode.RATE_LIMITED), (408, ErrorCode.SERVER_UNAVAILABLE)),
        *((500, ErrorCode.SERVER_UNAVAILABLE), (503, ErrorCode.SERVER_UNAVAILABLE)),
        (520, ErrorCode.SERVER_UNAVAILABLE),
    ],
)
def test_a_server_in_trouble_is_asked_again(status: int, code: ErrorCode) -> None:
    failure = failure_of(status, {"retry-after": "7"}, "http://a.test/", NOW)
    assert isinstance(failure, Passing)
    assert (failure.code, failure.after_s) == (code, 7.0)


def test_a_server_that_wants_long_to_be_left_alone_is() -> None:
    failure = failure_of(429, {"retry-after": "7200"}, "http://a.test/", NOW)
    assert isinstance(failure, FetchFailed)
    assert "120 minutes" in str(failure.hint)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (LATER, 30.0),
        ("Sun, 06 Nov 1994 08:49:07 GMT", 0.0),
        ("soon", None),
        ("Sun, 06 Nov 99999999999999999999 08:49:07 GMT", None),
        (None, None),
    ],
)
def test_a_wait_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds
