"""The parts of a passage that can be quoted alone: sentences, and short lists and tables whole."""

import re
from collections.abc import Iterator, Sequence

from twind.answer.orders import statements
from twind.answer.words import count_words

LONG_WORDS = 60
"""A sentence beyond this is cut at its lines, and a list or table stays in its items or rows."""

_LINES_WORDS = 30
_ITEM = re.compile(r"(?:[-*+•▪◦]|\d{1,3}[.)])[ \t]")
_ROW = re.compile(r"\|")
_LEADS_IN = re.compile(r":[*_]*$")

Span = tuple[int, int]


def units(text: str) -> Iterator[Span]:
    """Yield the half-open spans of what can be quoted, in order.

    A list comes whole, with the line that leads to it, and so does a table, unless it is long.
    """
    for run in _runs(text, statements(text)):
        start, end = run[0][0], run[-1][1]
        if len(run) > 1 and count_words(text[start:end]) <= LONG_WORDS:
            yield start, end
        else:
            for part in run:
                yield from _short(text, part)


def header_of(text: str, row: Span) -> Span | None:
    """Return the first row of the table that a row stands in; None for it and for other text."""
    if not _ROW.match(text, row[0]):
        return None
    runs = _runs(text, statements(text))
    return next((run[0] for run in runs if row in run and row != run[0]), None)


def _runs(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the items of a list together, as well as the rows of a table, and others alone."""
    run: list[Span] = []
    for span in spans:
        if run and not _belongs(text, run[-1], span):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _belongs(text: str, before: Span, span: Span) -> bool:
    between = text[before[1] : span[0]]
    if between.strip():
        return False
    if _ROW.match(text, span[0]):
        return _ROW.match(text, before[0]) is not None and "\n\n" not in between
    if _ITEM.match(text, span[0]):
        leads = _LEADS_IN.search(text[before[0] : before[1]]) is not None
        return leads or _ITEM.match(text, before[0]) is not None
    return False


def _short(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    if count_words(text[start:end]) <= LONG_WORDS:
        yield span
    else:
        yield from _lines(text, start, end)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield runs of whole lines of a long sentence."""
    first = start
    for line in re.finditer(r"\n\s*", text[start:end]):
        stop = start + line.start()
        if count_words(text[first:stop]) >= _LINES_WORDS:
            yield first, stop
            first = start + line.end()
    if first < end:
        yield first, end
