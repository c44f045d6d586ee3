"""Rows of tables whose columns are parted by nothing but spaces, as extracted from most PDFs.

Such a row is a short line that begins with a name, has numbers behind it and no end. A single
one may be a broken line of a sentence; three below each other are a table.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from twind.answer.contents import names_contents
from twind.answer.display import is_ended
from twind.answer.words import count_words

Span = tuple[int, int]

FEWEST_ROWS = 3
_LONGEST = 14
_LONGEST_HEADER = 8
_LINE = re.compile(r"[^\n]*[^\s\n]")
_NAMED = re.compile(r"[^\W\d_][^|]*?\s[($€£¥+-]*\d[\d.,']*[%)]?(?!\S)")
_MARKED = re.compile(r"[-*+•▪◦|>#]|\d{1,3}[.)]\s")
_NEXT_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*")


@lru_cache(maxsize=64)
def flat_tables(text: str) -> list[list[Span]]:
    """Return the rows of each table, in order; the first of them names the columns if any does.

    The last texts are remembered: a passage is asked for again for each of its rows.
    """
    lines = [(0, 0), *(_stripped(text, match.span()) for match in _LINE.finditer(text))]
    tables: list[list[Span]] = []
    for first, end in _runs(text, lines):
        above = lines[first - 1]
        if end - first >= FEWEST_ROWS and not names_contents(text[slice(*above)]):
            has_header = _is_header(text, above, lines[first])
            tables.append(lines[first - has_header : end])
    return tables


def names_columns(text: str, span: Span) -> bool:
    """Tell whether the first row of a table names its columns, and is none of what it lists."""
    return not _is_row(text[slice(*span)])


def _runs(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the first row and one past the last of those that stand right below each other."""
    first = 0
    for at, line in enumerate([*lines, (len(text), len(text))]):
        is_row = _is_row(text[slice(*line)])
        goes_on = is_row and _NEXT_LINE.fullmatch(text[lines[at - 1][1] : line[0]]) is not None
        if first and not goes_on:
            yield first, at
            first = 0
        if is_row and not first:
            first = at


def _is_row(line: str) -> bool:
    is_short = count_words(line) <= _LONGEST and not is_ended(line)
    begins = line[:1].isupper() and not _MARKED.match(line)
    return is_short and begins and _NAMED.match(line) is not None


def _is_header(text: str, span: Span, below: Span) -> bool:
    """Tell whether a line names the columns of the row right below: short, no number, no end."""
    line = text[slice(*span)]
    is_above = _NEXT_LINE.fullmatch(text[span[1] : below[0]]) is not None
    is_plain = not any(char.isdigit() for char in line) and not _MARKED.match(line)
    is_short = 1 < count_words(line) <= _LONGEST_HEADER
    return is_above and is_plain and is_short and not is_ended(line) and line[:1].isupper()


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    return end - len(text[start:end].lstrip()), end
