"""What is said out of courtesy, told from questions."""

import pytest

from twind.answer.courtesy import Courtesy, asks_nothing, courtesy_in


@pytest.mark.parametrize(
    ("message", "courtesy"),
    [
        ("hello", Courtesy.GREETING),
        ("Good morning!", Courtesy.GREETING),
        ("Hi, who are you?", Courtesy.GREETING),
        ("What's your name?", Courtesy.GREETING),
        ("help", Courtesy.GREETING),
        ("Hola, ¿quién eres?", Courtesy.GREETING),
        ("Thanks a lot!", Courtesy.THANKS),
        ("Vielen Dank, tschüss", Courtesy.THANKS),
        ("hello, how much is a room?", None),
        ("Who are you working with?", None),
        ("Can you help me with my taxes?", None),
        ("Thanksgiving", None),
        ("", None),
    ],
)
def test_only_a_message_that_says_nothing_else_is_a_courtesy(
    message: str, courtesy: Courtesy | None
) -> None:
    assert courtesy_in(message) is courtesy


@pytest.mark.parametrize(
    ("message", "is_empty"),
    [
        ("Hi!", True),
        ("Good morning, hello", True),
        ("Guten Tag", True),
        ("Thanks, bye", True),
        ("Hi, who are you?", False),
        ("help", False),
        ("Hi-fi", False),
        ("Thanks to whom?", False),
    ],
)
def test_who_only_greets_or_thanks_asks_nothing(message: str, *, is_empty: bool) -> None:
    assert asks_nothing(message) is is_empty
