"""Words that carry meaning, in a form in which related words are equal."""

import pytest

from twind.answer.words import content_words, count_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resigned", "resigns"),
        ("cities", "city"),
        ("planning", "planned"),
        ("Café", "cafe"),
        ("судебный", "судебной"),
        ("house", "houses"),
    ],
)
def test_forms_of_a_word_are_equal(one: str, other: str) -> None:
    assert content_words(one) == content_words(other)


def test_common_words_are_left_out() -> None:
    assert content_words("What is the capital of it?") == content_words("capital")


def test_numbers_are_whole() -> None:
    assert content_words("1,577.50 in 1999") == ["1,577.50", "1999"]


def test_text_without_spaces_gives_pairs() -> None:
    assert content_words("东京大学") == ["东京", "京大", "大学"]


def test_words_are_counted_in_any_script() -> None:
    assert count_words("Two words, and two more.") == 5
    assert count_words("东京大学") == 3


def test_a_preposition_that_names_a_thing_is_kept() -> None:
    assert content_words("What is a through stone?") == content_words("Through stones")
