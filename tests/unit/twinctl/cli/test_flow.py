"""Streamed text is broken between words, however it is cut into pieces; tables are aligned."""

from hypothesis import given
from hypothesis import strategies as st

from twinctl.cli.flow import Flow, TabularFlow

WIDTH = 20
words = st.lists(st.text("abc", min_size=1, max_size=WIDTH), min_size=1, max_size=30)


def shown(pieces: list[str]) -> str:
    flow = Flow(WIDTH)
    return "".join([*(flow.add(piece) for piece in pieces), flow.end()])


@given(words, st.integers(min_value=1, max_value=9))
def test_no_line_is_too_long_and_no_word_is_broken(words: list[str], size: int) -> None:
    text = " ".join(words)
    result = shown([text[at : at + size] for at in range(0, len(text), size)])
    assert result.split() == words
    assert all(len(line) <= WIDTH for line in result.split("\n"))


def test_lines_that_are_there_stay() -> None:
    assert shown(["one\n", "\ntwo three"]) == "one\n\ntwo three"


def test_a_word_longer_than_a_line_is_not_broken() -> None:
    assert shown(["a ", "b" * 30, " c"]) == "a\n" + "b" * 30 + "\nc"


ROWS = ["part | measure", "footings | 70 cm", "石墙 | 1 in 8 [1]"]
ALIGNED = ["part      measure", "footings  70 cm", "石墙      1 in 8 [1]"]


def laid_out(pieces: list[str], width: int = 30) -> list[str]:
    flow = TabularFlow(width)
    return "".join([*(flow.add(piece) for piece in pieces), flow.end()]).split("\n")


@given(words, st.integers(min_value=1, max_value=9))
def test_prose_is_broken_as_if_there_were_no_tables(words: list[str], size: int) -> None:
    text = " ".join(words)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert laid_out(pieces, WIDTH) == shown(pieces).split("\n")


def test_the_rows_of_a_table_stand_in_columns() -> None:
    text = "\n".join(["The measures:", *ROWS, "", "Dig a trench, and dig it deep. [2]"])
    prose = ["", "Dig a trench, and dig it deep.", "[2]"]
    assert laid_out([text]) == ["The measures:", *ALIGNED, *prose]


def test_rows_that_come_one_by_one_are_one_table() -> None:
    assert laid_out([ROWS[0], *(f"\n{row}" for row in ROWS[1:]), "\nSo it is."]) == [
        *ALIGNED,
        "So it is.",
    ]
    assert laid_out(["1 | 2\n3 | 4", " [1]", "\n"]) == ["1  2", "3  4 [1]"]


def test_a_table_wider_than_the_terminal_stays_in_its_words() -> None:
    assert laid_out(["\n".join(ROWS)], 16) == [*ROWS[:2], "石墙 | 1 in 8", "[1]"]


def test_one_row_alone_is_no_table() -> None:
    assert laid_out(["footings | 70 cm\nSo it is."]) == ["footings | 70 cm", "So it is."]
