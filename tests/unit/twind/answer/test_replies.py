"""What stands below a question in a source, beside the question of a visitor."""

import pytest

from twind.answer.question import read_question
from twind.answer.replies import answers_another, asks, leans, replies


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("Do you ship?", True),
        ("**Do you ship?**", True),
        ("People ask me about frost.", True),
        ("It is late. Do you ship?", False),
        ("Shipping", False),
    ],
)
def test_a_question_is_told_from_other_headings(text: str, *, is_question: bool) -> None:
    assert asks(text) is is_question


@pytest.mark.parametrize(
    ("question", "is_leaning"),
    [("What does it cost?", True), ("Who are they?", True), ("What does a wall cost?", False)],
)
def test_a_question_with_a_pronoun_cannot_be_understood_alone(
    question: str, *, is_leaning: bool
) -> None:
    assert leans(question) is is_leaning


def test_a_reply_begins_with_yes_or_no_or_the_like() -> None:
    assert replies("No, they bite.")
    assert replies("Mostly, yes.")
    assert not replies("Nobody bites.")


@pytest.mark.parametrize(
    ("question", "sentence", "heading", "is_other"),
    [
        ("Where do you teach?", "In English.", "Which language do you teach in?", True),
        ("When did you begin to teach?", "Mostly, yes.", "Do you teach?", True),
        ("When did you begin to teach?", "Yes, since 1994.", "Do you teach?", False),
        ("When do you teach?", "All year.", "When do you teach?", False),
        ("Do you teach?", "Ida does.", "Who teaches?", False),
        ("Where do you teach?", "In English.", "Teaching", False),
    ],
)
def test_a_reply_to_a_question_of_another_kind_is_known(
    question: str, sentence: str, heading: str, *, is_other: bool
) -> None:
    assert answers_another(read_question(question), sentence, heading) is is_other
