"""The outline of a PDF, found again as headings among the lines of its pages.

A PDF does not say which of its lines are headings, but many carry an outline for the reader's
sidebar: the title, the depth and the page of each section. Only what stands on its page in so
many words becomes a heading, so that an outline that is wrong or names files does no harm.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import pypdfium2 as pdfium

from twind.ingest.extract.lines import Line

MAX_ENTRIES = 20_000
_DEEPEST = 6
_MAX_HEADING_LINES = 3
_DIGITS = "0123456789"

Outline = Mapping[int, Mapping[str, int]]
"""By page, counted from 1: the levels (1 to 6) of its headings by their letters."""


def outline(pdf: pdfium.PdfDocument) -> Outline:
    """Return what the outline of a PDF says of each page; one without an outline says nothing."""
    found: dict[int, dict[str, int]] = {}
    for entry in islice(pdf.get_toc(), MAX_ENTRIES):
        place, letters = entry.get_dest(), _letters(_title(entry))
        page = None if place is None else place.get_index()
        if page is not None and letters:
            level = min(entry.level + 1, _DEEPEST)
            found.setdefault(page + 1, {}).setdefault(letters, level)
    return found


def _title(entry: pdfium.PdfBookmark) -> str:
    """Return the title of an entry; one that is no text has none."""
    try:
        return str(entry.get_title())
    except UnicodeDecodeError:
        return ""


def sections(
    lines: Sequence[Line], headings: Mapping[str, int]
) -> Iterator[tuple[int | None, list[Line]]]:
    """Yield the lines of a page in runs: with its level each heading, with None what is between.

    Args:
        lines: Those of the page, in reading order.
        headings: What the outline says of it. Each is found once.
    """
    left = dict(headings)
    run: list[Line] = []
    at = 0
    while at < len(lines):
        count, level = _heading(lines[at : at + _MAX_HEADING_LINES], left)
        if level is None:
            run.append(lines[at])
        else:
            if run:
                yield None, run
            run = []
            yield level, list(lines[at : at + count])
        at += count
    if run:
        yield None, run


def _heading(lines: Sequence[Line], left: dict[str, int]) -> tuple[int, int | None]:
    """Take the heading that the first of some lines make up; return their number and its level."""
    for count in range(1, len(lines) + 1):
        letters = _letters("".join(line.text for line in lines[:count]))
        if letters in left:
            return count, left.pop(letters)
    return 1, None


def _letters(title: str) -> str:
    """Return what is left of a title without its number, spaces, marks and capitals."""
    letters = "".join(filter(str.isalnum, title.casefold()))
    return letters.lstrip(_DIGITS) or letters
