"""Streamed text is broken between words, however it is cut into pieces."""

from hypothesis import given
from hypothesis import strategies as st

from twinctl.cli.flow import Flow

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
