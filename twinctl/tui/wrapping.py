"""Where the lines of a text end on a screen."""

from rich.cells import cell_len

Span = tuple[int, int]
"""Start and end of a line in the text, in characters; the end is exclusive."""


def wrap(text: str, width: int) -> list[Span]:
    """Return the lines of a text, none of them wider than `width` cells.

    Lines are broken at a space where there is one, else anywhere. The space at which a line is
    broken belongs to none.

    >>> wrap("never a broken word", 12)
    [(0, 7), (8, 19)]
    """
    lines: list[Span] = []
    start = 0
    for line in text.split("\n"):
        lines += _wrap_line(text, start, start + len(line), width)
        start += len(line) + 1
    return lines


def _wrap_line(text: str, start: int, end: int, width: int) -> list[Span]:
    lines: list[Span] = []
    while True:
        fitting = _fitting(text, start, end, width)
        if fitting >= end:
            return [*lines, (start, end)]
        space = text.rfind(" ", start, fitting + 1)
        cut = space if space > start else fitting
        lines.append((start, cut))
        start = cut + 1 if text[cut] == " " else cut


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Return where the longest beginning that fits ends; at least one character is taken."""
    cut = min(start + max(width, 1), end)
    while cut > start + 1:
        excess = cell_len(text[start:cut]) - width
        if excess <= 0:
            break
        cut = max(cut - (excess + 1) // 2, start + 1)
    return cut
