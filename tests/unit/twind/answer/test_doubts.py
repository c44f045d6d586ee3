"""What speaks against a sentence that shares a question's words."""

import pytest

from twind.answer.doubts import DENIED, OPPOSITE, UNNAMED, doubt
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
        ("Wer hat die Mine nicht eröffnet?", "Ida Rolfe hat die Mine eröffnet.", DENIED),
    ],
)
def test_a_changed_word_speaks_against_a_sentence(
    question: str, sentence: str, against: float
) -> None:
    assert doubt(read_question(question), sentence) == pytest.approx(against, abs=0.11)
