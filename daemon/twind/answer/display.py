"""A quote as it reads in an answer: its words without the marks of the file format."""

import re

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINE_START = re.compile(r"(?m)^\s*(?:#{1,6}|>|[-*+•▪◦]|\d{1,3}[.)])[ \t]+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`+)(?=\S)(.+?)(?<=\S)\1")
_LISTED = re.compile(
    r"(?m)^\s*(?:(?:[-*+•▪◦]|(\d{1,3}[.)]))[ \t]+(?=\S)|(\||(?=[^\n|]*[^\s|][ \t]\|[ \t])))"
)
_RULE_ROW = re.compile(r"(?m)^[|\s:+-]*-{2,}[|\s:+-]*$")
_CELLS = re.compile(r"\s*\|[\s|]*")
_REFERENCES_BEFORE = re.compile(
    r"^(?=[\d,\s]*[\[(])(?:[\[(]?\d{1,3}[\])]?(?:,\s*|\s+)){2,}(?=[^\W\d_])"
)
_REFERENCE = re.compile(r"\[(\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")  # noqa: RUF001
_SPACE_AFTER = re.compile(r"(?<=\()\s+")
_SPACE_BEFORE = re.compile(r"(?<=[\w)\"'”’])\s+([,.;:!?)\]](?:\s|$))")  # noqa: RUF001
_FEWEST_STEPS, _LONGEST_STEP = 3, 12
_ENDED = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")  # noqa: RUF001


def readable(quote: str) -> str:
    """Return a quote without marks of Markdown, on one line; a list or table in its lines.

    Short lines that each begin with a capital letter, such as steps without an end, stay lines:
    those of a sentence that is broken at the margin begin with any letter.

    A reference such as `[12]` becomes `(12)`: square brackets number the citations of an answer.
    """
    if len(_LISTED.findall(quote)) > 1:
        parts = [part for part in _parts(quote) if _plain(part)]
        return "\n".join(_mark(part) + _plain(part) for part in parts)
    lines = quote.strip().split("\n")
    if len(lines) >= _FEWEST_STEPS and all(_is_step(line) for line in lines):
        return "\n".join(_plain(line) for line in lines)
    return _plain(quote)


def _is_step(line: str) -> bool:
    words = line.split()
    return bool(words) and len(words) <= _LONGEST_STEP and words[0].lstrip("*_`")[:1].isupper()


def _parts(quote: str) -> list[str]:
    """Cut a quote before each item or row."""
    cuts = [match.start() for match in _LISTED.finditer(quote)]
    ends = [*cuts, len(quote)]
    return [quote[start:end] for start, end in zip([0, *cuts], ends, strict=True)]


def _mark(part: str) -> str:
    """Return the mark that an item keeps: its number, or a dash."""
    listed = _LISTED.match(part)
    if listed is None or listed.group(2) is not None:
        return ""
    return f"{listed.group(1) or '-'} "


def _plain(quote: str) -> str:
    text = _LINK.sub(r"\1", quote)
    text = _RULE_ROW.sub("", text)
    text = _LINE_START.sub("", text)
    text = _REFERENCES_BEFORE.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _CELLS.sub(" | ", text.strip().strip("|")) if "|" in text else text
    text = _REFERENCE.sub(r"(\1)", text)
    text = _SPACE_AFTER.sub("", " ".join(text.split()))
    return _SPACE_BEFORE.sub(r"\1", text)


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does; a heading or table row does not."""
    return _ENDED.search(text) is not None
