"""Texts that people write, kept free of what a terminal or a prompt would stumble over.

Each rule is put beside the length of a field: `Annotated[str, Field(max_length=200), LINE]`.
"""

import re
import unicodedata

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_BREAKS = "\n\t"
_UNREADABLE = {"Cc", "Cs", "Zl", "Zp"}
"""Control characters, halves of characters, and breaks that only Unicode has."""


def _words(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").strip()
    for char in text:
        if char not in _BREAKS and unicodedata.category(char) in _UNREADABLE:
            code = f"U+{ord(char):04X}"
            raise PydanticCustomError(
                "unreadable", "holds {code}, which cannot be read", {"code": code}
            )
    return text


def _line(value: object) -> object:
    text = _words(value)
    if isinstance(text, str) and any(char in _BREAKS for char in text):
        raise PydanticCustomError("several_lines", "takes one line without tabs")
    return text


def _language(value: object) -> object:
    tag = _line(value)
    if isinstance(tag, str) and tag and not _LANGUAGE.fullmatch(tag):
        raise PydanticCustomError("language_tag", "takes a tag such as en, de-AT or zh-Hant")
    return tag


def _whole(value: object) -> object:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise PydanticCustomError("unreadable", "holds half of a character") from error
    return value


def _said(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is empty")
    return text


WHOLE = BeforeValidator(_whole)
"""Any text that can be written down: without halves of characters, which JSON lets pass."""

SAID = AfterValidator(_said)
"""Text that says something: space alone is none."""

WORDS = BeforeValidator(_words)
"""Text of any lines, without control characters; space around it is taken away."""

LINE = BeforeValidator(_line)
"""As `WORDS`, of one line."""

LANGUAGE = BeforeValidator(_language)
"""A BCP 47 tag, or nothing."""
