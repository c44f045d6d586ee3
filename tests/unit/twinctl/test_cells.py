"""Names fit into the cells there are, whatever characters they have."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from twinctl.cells import elided, padded, printable

texts = st.text(max_size=40).map(printable)
widths = st.integers(min_value=0, max_value=30)


@given(texts, widths)
def test_no_text_takes_more_cells_than_it_may(text: str, width: int) -> None:
    assert cell_len(elided(text, width)) <= width
    assert cell_len(padded(text, width)) == width


@given(texts)
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    assert elided(text, cell_len(text)) == text


def test_the_middle_of_a_long_name_is_left_out() -> None:
    assert elided("minutes-of-the-meeting.pdf", 15) == "minutes…ing.pdf"
    assert elided("会議の議事録.pdf", 11) == "会議….pdf"


@given(st.text())
def test_nothing_that_moves_the_cursor_is_left(text: str) -> None:
    assert all(char.isprintable() for char in printable(text))


def test_escapes_in_a_name_do_nothing() -> None:
    assert printable("a\033[2Jb\n.md") == "a?[2Jb?.md"
