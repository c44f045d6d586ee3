"""A quote as it reads in an answer."""

import pytest

from twind.answer.display import is_ended, readable


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("It is **very**\n  *important*.", "It is very important."),
        ("See [the guide](https://example.org/a_b).", "See the guide."),
        ("- First item", "First item"),
        ("## Heading", "Heading"),
        ("> Quoted.", "Quoted."),
        ("Run `make` now.", "Run make now."),
        ("| Year | Sales |\n| --- | --- |\n| 2021 | 14 |", "Year | Sales\n2021 | 14"),
        ("Price in 2024\nYear | Sales\n2021 | 14", "Price in 2024\nYear | Sales\n2021 | 14"),
        ("Either a | b.", "Either a | b."),
        ("6, 7, [10] [11] In two studies it rose.", "In two studies it rose."),
        ("(8) (9) 14 Besides, it fell.", "Besides, it fell."),
        ("(1) Knead.", "(1) Knead."),
        ("To vent it\nTurn it off\n**Open** the valve", "To vent it\nTurn it off\nOpen the valve"),
        ("The hall was built by\nMary Dunmore", "The hall was built by Mary Dunmore"),
        ("She left\nthe coast and\nMary stayed.", "She left the coast and Mary stayed."),
        ("一\n二\n三", "一 二 三"),
        ("2 3 Go.", "2 3 Go."),
        ("as shown before [3, 4] .", "as shown before (3, 4)."),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_marks_of_the_format_are_left_out(quote: str, shown: str) -> None:
    assert readable(quote) == shown


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Done.", True),
        ('"Done."', True),
        ("完了。", True),
        ("Year | 2021", False),
        ("Item", False),
    ],
)
def test_sentences_are_told_from_fragments(text: str, ended: bool) -> None:  # noqa: FBT001
    assert is_ended(text) is ended
