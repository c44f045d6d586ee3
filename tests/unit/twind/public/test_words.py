"""Failures in the words that visitors are told."""

import pytest

from twinctl.wire.codes import ErrorCode
from twind.errors import Overloaded, TwindError
from twind.public.words import FAILED, to_visitors

INSIDE = "10.0.0.7 is away"
COMMAND = "twinctl config set models.endpoint_url http://10.0.0.7"


@pytest.mark.parametrize("code", ErrorCode)
def test_no_visitor_is_told_of_a_command(code: ErrorCode) -> None:
    told = to_visitors(TwindError(INSIDE, hint=COMMAND, code=code))

    assert told.detail in {INSIDE, FAILED}
    assert "twinctl" not in (told.hint or "")


@pytest.mark.parametrize("code", ["internal", "model_unavailable", "generator_failed", "corrupt"])
def test_what_failed_inside_is_not_told(code: str) -> None:
    told = to_visitors(TwindError(INSIDE, hint=COMMAND, code=ErrorCode(code)))

    assert (told.detail, told.hint) == (FAILED, None)


def test_that_too_many_ask_is_told() -> None:
    told = to_visitors(Overloaded("too many people are asking just now", retry_after_s=5))

    assert told.detail == "too many people are asking just now"
