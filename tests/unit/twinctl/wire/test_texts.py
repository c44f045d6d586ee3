from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from twinctl.wire.texts import LANGUAGE, LINE, WHOLE, WORDS

Words = TypeAdapter(Annotated[str, Field(max_length=9), WORDS])
Line = TypeAdapter(Annotated[str, Field(min_length=1), LINE])
Whole = TypeAdapter(Annotated[str, WHOLE])
Language = TypeAdapter(Annotated[str, LANGUAGE])


def test_space_around_words_is_taken_away_before_they_are_counted() -> None:
    assert Words.validate_python("   a\r\n\tb ¶ 語 \n") == "a\n\tb ¶ 語"
    with pytest.raises(ValidationError, match="at most 9 characters"):
        Words.validate_python("0123456789")


@pytest.mark.parametrize("char", ["\0", "\x1b", "\r", "\x7f", "\x85", "\u2028", "\ud83d"])
def test_what_cannot_be_read_is_refused_by_its_number(char: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(char):04X}"):
        Words.validate_python(f"a{char}b")


@pytest.mark.parametrize("text", ["a\nb", "a\tb"])
def test_a_line_is_one(text: str) -> None:
    with pytest.raises(ValidationError, match="one line"):
        Line.validate_python(text)


def test_a_line_of_space_is_empty() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        Line.validate_python(" \n ")


@pytest.mark.parametrize("tag", ["", "en", "de-AT", "zh-Hant-TW", "gsw", "sl-rozaj-biske"])
def test_a_language_tag_is_taken(tag: str) -> None:
    assert Language.validate_python(f" {tag}") == tag


@pytest.mark.parametrize("tag", ["German", "e", "en_GB", "de-", "en-abcdefghi", "en GB", "é1"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValidationError, match="such as en"):
        Language.validate_python(tag)


@pytest.mark.parametrize("rule", [Words, Line, Language])
def test_what_is_no_text_is_refused(rule: TypeAdapter[str]) -> None:
    with pytest.raises(ValidationError, match="valid string"):
        rule.validate_python(3)


@given(st.text())
def test_what_was_taken_is_taken_again_as_it_is(text: str) -> None:
    adapter = TypeAdapter(Annotated[str, WORDS])
    try:
        taken = adapter.validate_python(text)
    except ValidationError:
        return
    assert adapter.validate_python(taken) == taken


def test_a_whole_text_is_any_that_can_be_written_down() -> None:
    assert Whole.validate_python(" \0\x1b a 語 \U0001f600\r\n") == " \0\x1b a 語 \U0001f600\r\n"
    with pytest.raises(ValidationError, match="half of a character"):
        Whole.validate_python("a\ud83d")
