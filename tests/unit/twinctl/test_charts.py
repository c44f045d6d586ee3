"""Numbers drawn with block characters."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinctl.charts import Track, bar, columns, days_chart, timeline

COUNTS = st.lists(st.integers(0, 500), min_size=1, max_size=400)


@dataclass
class Day:
    day: date
    questions: int
    answered: int
    visitors: int


@pytest.mark.parametrize(
    ("value", "most", "drawn"),
    [(0, 10, ""), (10, 10, "████"), (5, 10, "██"), (1, 1000, "▏"), (9, 8, "████"), (3, 0, "")],
)
def test_a_bar_is_as_long_as_its_share(value: float, most: float, drawn: str) -> None:
    assert bar(value, most, 4) == drawn


def test_columns_stand_on_the_last_line() -> None:
    assert columns([0, 4, None, 8], 2) == ["   █", "▁█ █"]
    assert columns([None], 1) == [" "]
    assert columns([0.5], 1, most=1) == ["▄"]


def test_tracks_share_their_columns_and_the_names_of_both_ends() -> None:
    tracks = [
        Track(label=["asked"], values=[1, 2], height=2),
        Track(label=["answered"], values=[None, 1], most=1),
    ]
    assert timeline(tracks, ("Mon", "Tue"), 19) == [
        "asked         ████",
        "         ████ ████",
        "answered      ████",
        "         Mon   Tue",
    ]


def test_what_is_too_much_for_the_width_is_drawn_as_the_mean_of_neighbours() -> None:
    (line, _) = timeline([Track(label=["x"], values=[8, 8, 2, 2, 0, 0])], ("a", "b"), 5)
    assert line == "x █▂▁"


def test_shares_weigh_as_much_as_what_they_are_shares_of() -> None:
    track = Track(label=["x"], values=[None, 1, 0, 0], weights=[0, 9, 1, 0], most=1)
    (line, _) = timeline([track], ("a", "b"), 3)
    assert line == "x ▇"


@given(COUNTS, st.integers(24, 140), st.integers(2, 6))
def test_a_chart_fits_its_width(counts: list[int], width: int, height: int) -> None:
    first = date(2026, 1, 1)
    days = [
        Day(day=first + timedelta(days=n), questions=count, answered=count // 2, visitors=n % 7)
        for n, count in enumerate(counts)
    ]
    lines = days_chart(days, width=width, height=height)
    assert len(lines) == height + 3
    assert max(map(len, lines)) <= max(width, len("questions 01 Jan 01 Jan"))
