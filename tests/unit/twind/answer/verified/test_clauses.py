"""What asks in a text, and what is only told along with it."""

import pytest

from twind.answer.verified.asked import read_asked
from twind.answer.verified.clauses import asking_part, is_told


@pytest.mark.parametrize(
    ("text", "asks", "beside"),
    [
        ("when do you open?", "when do you open?", ""),
        ("the alarm goes off, what do i do?", "what do i do?", "the alarm goes off"),
        ("the app stops when i open it, why", "why", "the app stops when i open it"),
        ("i live abroad. would you send one?", "would you send one?", "i live abroad"),
        ("what does it cost, i have two?", "what does it cost", "i have two?"),
        ("end of the trial - what then?", "what then?", "end of the trial"),
        ("opening hours, saturday", "opening hours, saturday", ""),
        ("", "", ""),
    ],
)
def test_the_part_that_asks_is_found(text: str, asks: str, beside: str) -> None:
    assert asking_part(text) == (asks, beside)


def test_what_somebody_tells_of_themselves_is_told() -> None:
    assert is_told("i'm new to this")
    assert not is_told("on saturdays")


def test_words_that_are_only_told_are_marked() -> None:
    asked = read_asked("My roof is leaking, do you repair roofs?")
    assert asked.told == {"leak"}
    assert read_asked("On Saturdays, do you repair roofs?").told == frozenset()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Why does it stop at night?", "What makes it stop at night?"),
        ("Why did the mill close?", "What led to the mill being closed?"),
        ("When was the mill built?", "In which century was the mill built?"),
        ("What happens when it ends?", "What becomes of it?"),
        ("What is your thesis about?", "What is the topic of your thesis?"),
        ("When can I expect the pictures?", "How long until I get the pictures?"),
        ("How high is the fee?", "What does it cost?"),
        ("How do pumps work?", "Can you explain how pumps work?"),
        ("What should I bring?", "Is there anything I should bring?"),
        ("Which book do you recommend?", "Could you recommend a book?"),
        ("Who should stay away?", "Are there people that should stay away?"),
    ],
)
def test_questions_in_other_frames_are_of_one_kind(one: str, two: str) -> None:
    assert read_asked(one).kind.name == read_asked(two).kind.name


def test_numbers_of_what_somebody_tells_do_not_count() -> None:
    assert read_asked("I have two dogs, may they come along?").numbers == frozenset()
    assert read_asked("May my two dogs come along?").numbers == {"2"}


def test_what_should_be_is_not_what_has_been() -> None:
    assert read_asked("When should I prune roses?").is_ought is True
    assert read_asked("When did you prune the roses?").is_ought is False
    assert read_asked("When do you prune roses?").is_ought is None
