from datetime import UTC, datetime, timedelta

import pytest

from twinctl.cli.expiry import expiry
from twinctl.errors import Misused

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30m", timedelta(minutes=30)),
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        (" 2 w ", timedelta(weeks=2)),
    ],
)
def test_a_span_begins_now(text: str, span: timedelta) -> None:
    assert expiry(text, NOW) == NOW + span


def test_a_day_ends_with_its_last_second_on_this_machine() -> None:
    assert expiry("2030-03-02", NOW).astimezone().isoformat()[:19] == "2030-03-03T00:00:00"


def test_a_moment_is_taken_as_it_is() -> None:
    assert expiry("2030-03-02T08:30:00+02:00", NOW) == datetime(2030, 3, 2, 6, 30, tzinfo=UTC)
    assert expiry("2030-03-02T08:30", NOW).tzinfo is not None


@pytest.mark.parametrize("text", ["", "soon", "7", "d", "-7d", "2030-13-01", "999999w", "\u0667d"])
def test_nothing_else_is_a_time(text: str) -> None:
    with pytest.raises(Misused):
        expiry(text, NOW)


@pytest.mark.parametrize("text", ["0d", "2030-02-28", "1999-01-01T00:00:00Z"])
def test_what_is_over_ends_nothing(text: str) -> None:
    with pytest.raises(Misused):
        expiry(text, NOW)
