# ruff: noqa: RUF001
"""Sentences end where a reader would say."""

import pytest

from twind.domain.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed!  Why? ", ["He left.", "She stayed!", "Why?"]),
        ("Dr. Smith paid 3.5 million. He left.", ["Dr. Smith paid 3.5 million.", "He left."]),
        ("J. R. Tolkien et al. (2004) wrote it.", ["J. R. Tolkien et al. (2004) wrote it."]),
        ("It came at 5 p.m. and left.", ["It came at 5 p.m. and left."]),
        ('"Really?" she said. "Yes." He left.', ['"Really?" she said.', '"Yes."', "He left."]),
        ("他去了。她说：“好！”然后走了？", ["他去了。", "她说：“好！”", "然后走了？"]),
        ("ما هذا؟ هذا كتاب. نعم", ["ما هذا؟", "هذا كتاب.", "نعم"]),
        ("यह क्या है। वह गया।", ["यह क्या है।", "वह गया।"]),
        ("the lift was low . the drag was high .", ["the lift was low .", "the drag was high ."]),
        ("**Ticks.** Twist them.", ["**Ticks.**", "Twist them."]),
    ],
)
def test_sentences_of_many_scripts(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_line_break_alone_ends_nothing() -> None:
    assert cut("wrapped\nhere. Next\n\nparagraph") == ["wrapped\nhere.", "Next", "paragraph"]


def test_items_of_a_list_stand_alone() -> None:
    assert cut("Buy:\n- milk\n- bread\n1. One. Two.") == [
        "Buy:",
        "- milk",
        "- bread",
        "1. One.",
        "Two.",
    ]


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n ") == []


def test_a_run_of_marks_is_read_once() -> None:
    text = "!" * 200_000 + "x"
    assert sentences(text) == [(0, len(text))]
