"""What a model thinks never shows, however its text is cut into pieces."""

import re

from hypothesis import given
from hypothesis import strategies as st

from twind.models.thoughts import Thoughts

WORDS = st.sampled_from(
    ["Ada", " ", "<", ">", "<th", "</", "think>", "<b>", "a < b", "ing>", "\n"]
)
VISIBLE = st.lists(WORDS, max_size=6).map("".join)
BLOCK = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
TAG = re.compile(r"</?think(?:ing)?>")


def passed(pieces: list[str]) -> tuple[str, Thoughts]:
    thoughts = Thoughts()
    return "".join(map(thoughts.without, pieces)) + thoughts.rest(), thoughts


def cut(text: str, places: list[int]) -> list[str]:
    ends = sorted(place % (len(text) + 1) for place in places)
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


@given(VISIBLE, VISIBLE, VISIBLE, st.lists(st.integers(0, 99)))
def test_a_block_is_left_out_wherever_the_text_is_cut(
    before: str, inside: str, after: str, places: list[int]
) -> None:
    text = f"{before}<think>{inside}</think>{after}"
    assert passed(cut(text, places))[0] == passed([text])[0]


@given(VISIBLE, st.lists(st.integers(0, 99)))
def test_a_text_without_tags_comes_through_whole(text: str, places: list[int]) -> None:
    if TAG.search(text) is None:
        assert passed(cut(text, places))[0] == text


@given(VISIBLE, VISIBLE, st.lists(st.integers(0, 99)))
def test_the_end_of_a_block_that_never_began_is_noticed(
    before: str, after: str, places: list[int]
) -> None:
    if TAG.search(before) is None:
        assert passed(cut(f"{before}</think>{after}", places))[1].have_leaked


@given(st.lists(st.tuples(VISIBLE, VISIBLE), max_size=3), st.lists(st.integers(0, 99)))
def test_whole_blocks_are_what_is_left_out(
    parts: list[tuple[str, str]], places: list[int]
) -> None:
    text = "".join(f"{seen}<thinking>{unseen}</thinking>" for seen, unseen in parts)
    if TAG.search("".join(BLOCK.split(text))) is None and len(BLOCK.findall(text)) == len(parts):
        assert passed(cut(text, places))[0] == "".join(BLOCK.split(text))
