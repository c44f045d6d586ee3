"""Text measured in the cells of a terminal, where some characters take two and some none."""

from rich.cells import cell_len

_CUT = "…"


def printable(text: str) -> str:
    """Return text with what would move the cursor or colour the terminal replaced."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "?" for char in text)


def elided(text: str, width: int) -> str:
    """Return text in at most `width` cells; the middle of a longer one is left out.

    >>> elided("annual-report-2024.pdf", 12)
    'annual…4.pdf'
    """
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    tail_width = (width - 1) // 2
    return _head(text, width - 1 - tail_width) + _CUT + _head(text[::-1], tail_width)[::-1]


def cut(text: str, width: int) -> str:
    """Return text in at most `width` cells; the end of a longer one is left out.

    >>> cut("When are you open?", 12)
    'When are yo…'
    """
    if cell_len(text) <= width:
        return text
    return _head(text, width - 1).rstrip() + _CUT if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Return text, shortened if need be, followed by as much space as fills `width` cells."""
    text = elided(text, width)
    return text + " " * (width - cell_len(text))


def _head(text: str, width: int) -> str:
    """Return as much of the beginning of a text as takes at most `width` cells."""
    taken = 0
    for at, char in enumerate(text):
        taken += cell_len(char)
        if taken > width:
            return text[:at]
    return text


def printable_lines(text: str) -> str:
    """Return text as `printable` does, its lines kept apart."""
    return "\n".join(printable(line) for line in text.split("\n"))
