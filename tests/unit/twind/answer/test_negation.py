"""Denying what a source affirms, and the other way round."""

import pytest

from twind.answer.negation import contradicts

SOURCE = "The tower was not damaged in the storm, but the pier sank."


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The tower was damaged in the storm.", SOURCE),
        ("The lamp doesn't burn oil.", "The lamp burns oil."),
        ("Der Turm wurde nicht zerstört.", "Der Turm wurde zerstört."),
        ("No dogs are allowed.", "Dogs are allowed on deck."),
    ],
)
def test_a_contradiction_is_found(sentence: str, source: str) -> None:
    assert contradicts(sentence, source)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The tower was not damaged.", SOURCE),
        ("The pier sank in the storm.", SOURCE),
        ("The lamp burns oil.", "The lamp burns oil."),
        ("The lamp burns oil.", "The lamp burns oil and never gas."),
    ],
)
def test_agreement_is_no_contradiction(sentence: str, source: str) -> None:
    assert not contradicts(sentence, source)
