from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from twinctl.wire.moments import Moment

MOMENT = TypeAdapter(Moment)


@pytest.mark.parametrize(
    "text",
    ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+14:00"],
)
def test_what_no_calendar_holds_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="none of the years"):
        MOMENT.validate_python(text)


def test_a_moment_without_a_time_zone_is_none() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        MOMENT.validate_python("2030-01-01T00:00:00")


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_comes_back_after_it_was_kept(value: datetime) -> None:
    try:
        moment = MOMENT.validate_python(value)
    except ValidationError:
        return

    assert datetime.fromtimestamp(moment.timestamp(), UTC) == moment
    assert abs((moment - value).total_seconds()) < 1e-3
