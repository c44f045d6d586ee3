"""A quote as it reads in an answer: its words without the marks of the file format."""

import re

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINE_START = re.compile(r"(?m)^\s*(?:#{1,6}|>|[-*+•▪◦]|\d{1,3}[.)])[ \t]+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`+)(?=\S)(.+?)(?<=\S)\1")
_RULE_ROW = re.compile(r"(?m)^[|\s:+-]*-{2,}[|\s:+-]*$")
_CELLS = re.compile(r"\s*\|[\s|]*")
_REFERENCE = re.compile(r"\[(\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")  # noqa: RUF001
_SPACE_BEFORE = re.compile(r"(?<=[\w)\"'”’])\s+([,.;:!?)\]](?:\s|$))")  # noqa: RUF001
_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")  # noqa: RUF001


def readable(quote: str) -> str:
    """Return a quote on one line, without marks of Markdown.

    A reference such as `[12]` becomes `(12)`: square brackets number the citations of an answer.
    """
    text = _LINK.sub(r"\1", quote)
    text = _RULE_ROW.sub("", text)
    text = _LINE_START.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _CELLS.sub(" | ", text.strip().strip("|")) if "|" in text else text
    text = _REFERENCE.sub(r"(\1)", text)
    return _SPACE_BEFORE.sub(r"\1", " ".join(text.split()))


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does; a heading or table row does not."""
    return _ENDED.search(text) is not None
