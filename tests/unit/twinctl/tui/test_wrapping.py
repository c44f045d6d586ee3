"""Where the lines of a text end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from twinctl.tui.wrapping import wrap

WIDTHS = st.integers(min_value=2, max_value=40)
TEXTS = st.text(alphabet="ab 日本\n-é", max_size=200)


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    assert all(cell_len(text[start:end]) <= width for start, end in wrap(text, width))


@given(TEXTS, WIDTHS)
def test_nothing_but_space_is_left_out(text: str, width: int) -> None:
    left, at = "", 0
    for start, end in wrap(text, width):
        left += text[at:start]
        at = end
    assert (left + text[at:]).strip(" \n") == ""


@given(TEXTS, WIDTHS)
def test_lines_come_in_their_order(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(first[1] <= second[0] for first, second in pairwise(lines))


def test_a_line_is_broken_between_words() -> None:
    text = "never a broken word"
    assert [text[start:end] for start, end in wrap(text, 12)] == ["never a", "broken word"]


def test_a_word_that_is_too_long_is_broken_anywhere() -> None:
    assert wrap("abcdefgh", 3) == [(0, 3), (3, 6), (6, 8)]


def test_wide_characters_take_two_cells() -> None:
    assert wrap("日本語", 4) == [(0, 2), (2, 3)]
