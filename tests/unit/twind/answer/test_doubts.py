"""What speaks against a sentence that shares a question's words."""

import pytest

from twind.answer.doubts import DENIED, OPPOSITE, REPLY, UNNAMED, doubt
from twind.answer.question import read_question


@pytest.mark.parametrize(
    ("question", "sentence", "against"),
    [
        ("Who opened the mine?", "Ida Rolfe opened the mine.", 0),
        ("Who did not open the mine?", "Ida Rolfe opened the mine.", DENIED),
        ("Who did not open the mine?", "Ida Rolfe did not open the mine.", 0),
        ("Which town besides Oslo has a mine?", "Oslo has a mine.", DENIED),
        ("Who opened the mine? If it is not known, say so.", "Ida opened the mine.", 0),
        ("Which is the largest mine?", "The smallest mine is in Røros.", OPPOSITE),
        ("Which is the largest mine?", "The largest and the smallest mine are in Røros.", 0),
        ("Did sales increase or decrease?", "Sales decreased: a decrease of 4%.", 0),
        ("What did Ida Rolfe open in 1911?", "She opened the mine.", 2 * UNNAMED),
        ("Who made the first lamp?", "Yes, for a week.", REPLY),
        ("Who made the first lamp?", "No, that was Ida Rolfe.", 0),
        ("Can I borrow a lamp?", "Yes, for a week.", 0),
        ("Wer hat die Mine nicht eröffnet?", "Ida Rolfe hat die Mine eröffnet.", DENIED),
    ],
)
def test_a_changed_word_speaks_against_a_sentence(
    question: str, sentence: str, against: float
) -> None:
    assert doubt(read_question(question), sentence) == pytest.approx(against, abs=0.11)


def test_a_name_in_the_heading_above_is_not_missed() -> None:
    question = read_question("What was done at Stean Bridge?")
    wall = "A garden wall was built."
    assert doubt(question, wall) == pytest.approx(2 * UNNAMED)
    assert doubt(question, wall, "Stean Bridge, 2021") == 0
