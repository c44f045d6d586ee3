"""The pace is that of the last seconds, and said once enough was seen."""

import pytest

from twinctl.cli.pace import Pace


def test_nothing_is_said_too_early_nor_while_nothing_moves() -> None:
    pace = Pace()
    assert (pace.per_second(), pace.remaining_s(10)) == (None, None)
    pace.note(0.0, 0)
    pace.note(1.0, 5)
    assert pace.per_second() is None
    still = Pace()
    still.note(0.0, 3)
    still.note(9.0, 3)
    assert (still.per_second(), still.remaining_s(10)) == (None, None)


def test_what_remains_follows_from_the_pace() -> None:
    pace = Pace()
    for second in range(5):
        pace.note(float(second), second * 4)
    assert pace.per_second() == pytest.approx(4.0)
    assert pace.remaining_s(36) == pytest.approx(5.0)
    assert pace.remaining_s(10) == 0


def test_what_was_long_ago_is_forgotten() -> None:
    pace = Pace()
    for second in range(100):
        pace.note(float(second), second * 10 if second < 50 else 500 + second)
    assert pace.per_second() == pytest.approx(1.0)
