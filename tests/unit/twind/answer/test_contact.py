"""An address is taken for that of whoever is asked about only where it is told whose it is."""

import pytest

from twind.answer.contact import reaches

TELLS = "Write to rosa@keller-brot.example or call 0451 555 0134."
BARE = "rosa@keller-brot.example, 0451 555 0134"
OF_ANOTHER = "Order slaked lime from sales@kalkwerk.example; the quarry is 033638 555 12."


@pytest.mark.parametrize(
    "question",
    [
        "How do I reach you?",
        "What is your email?",
        "What's your phone number?",
        "How can I get in touch?",
        "Can I write to you?",
        "Wie ist Ihre Telefonnummer?",
    ],
)
def test_whoever_speaks_is_reached_where_readers_are_told_to_call_or_write(question: str) -> None:
    assert reaches(question, TELLS, "Rosa Keller, baker") == 1.0
    assert reaches(question, BARE, "Rosa Keller, baker Contact") == 1.0
    assert reaches(question, OF_ANOTHER, "Ada Brandt, plasterer Materials") == 0.0


def test_who_is_named_must_be_named_with_the_address() -> None:
    asked = "What is the phone number of the quarry?"
    assert reaches(asked, OF_ANOTHER, "Materials") == 1.0
    assert reaches(asked, TELLS, "Contact") == 0.0
    assert reaches("How can I contact Rosa Keller?", TELLS, "Rosa Keller, baker") == 1.0
    assert reaches("How can I contact Rosa Lund?", TELLS, "Rosa Keller, baker") == 0.5


def test_what_is_asked_for_must_be_written_there() -> None:
    assert reaches("What is your email?", "Call me on 0451 555 0134.", "") == 0.0
    assert reaches("What is your phone number?", "Write to me: ida@mill.example.", "") == 0.0
    assert reaches("How can I get in touch?", "Write to me in 2024.", "Contact") == 0.0
