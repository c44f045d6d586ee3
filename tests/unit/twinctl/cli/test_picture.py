"""Bars and facts keep to the width of any terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from twinctl.cells import printable
from twinctl.cli.picture import Bar, bar_line, facts_line

WIDE = 80
columns = st.integers(min_value=2, max_value=200)


@given(
    st.builds(
        Bar,
        name=st.text(max_size=60).map(printable),
        done=st.floats(min_value=0, max_value=10_000),
        total=st.none() | st.integers(min_value=0, max_value=10_000),
        state=st.sampled_from(["", "reading"]),
    ),
    columns,
    st.floats(min_value=0, max_value=1e6),
)
def test_no_line_fills_the_terminal(bar: Bar, columns: int, at_s: float) -> None:
    assert cell_len(bar_line(bar, columns, at_s)) < columns


@given(st.lists(st.text("abc 1", min_size=1, max_size=30), max_size=8), columns)
def test_facts_that_do_not_fit_are_left_out(facts: list[str], columns: int) -> None:
    line = facts_line(facts, columns)
    assert len(line) < columns
    assert ("  " + ", ".join(facts)).startswith(line)


def test_a_bar_is_as_full_as_the_work_is_done() -> None:
    lines = [bar_line(Bar(name="a.md", done=done, total=4), WIDE, 0.0) for done in (1, 2, 3, 4, 9)]
    full = [line.count("█") for line in lines]
    whole = full[3]
    assert full == [whole // 4, whole // 2, whole * 3 // 4, whole, whole]
    assert lines[0].endswith("  1/4")


@pytest.mark.parametrize("at_s", [0.0, 1.3, 2.9, 1000.1])
@pytest.mark.parametrize("total", [None, 90], ids=["no end in sight", "not begun"])
def test_a_pulse_moves_within_its_place(at_s: float, total: int | None) -> None:
    bar = Bar(name="a.md", done=0, total=total, state="reading")
    line, still = bar_line(bar, WIDE, at_s), bar_line(bar, WIDE, 0.0)
    assert line.count("█") == still.count("█")
    assert len(line) == len(still)
    assert line.endswith("  reading")


def test_in_a_narrow_terminal_the_numbers_stay() -> None:
    line = bar_line(Bar(name="report.pdf", done=3, total=40), 24, 0.0)
    assert line == "report.pdf  3/40"
