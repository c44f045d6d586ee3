"""An answer that comes in pieces: words are not broken, and tables stand in columns."""

import re

from rich.cells import cell_len

from twinctl.cli.columns import aligned
from twinctl.tables import is_row, table_of

_PIECES = re.compile(r"\S+|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Flow:
    r"""Holds back the last word until it is known to be whole.

    >>> flow = Flow(width=11)
    >>> flow.add("never a bro") + flow.add("ken word") + flow.end()
    'never a\nbroken word'
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._column = 0
        self._gap = ""
        self._word = ""

    def add(self, text: str) -> str:
        """Take the next piece; return what can be shown by now."""
        shown = ""
        for piece in _PIECES.findall(text):
            if piece.isspace():
                shown += self.end()
                self._gap += piece
            else:
                self._word += piece
        return shown

    def add_whole(self, lines: str) -> str:
        """Take lines that stay as they are; return them after what was held back."""
        shown = self.end() + self._gap + lines
        self._gap, self._column = "", cell_len(lines.rpartition("\n")[2])
        return shown

    def end(self) -> str:
        """Return the word that was held back, with what parts it from the one before."""
        if not self._word:
            return ""
        gap, word = self._gap, self._word
        self._gap = self._word = ""
        taken = cell_len(word)
        if "\n" not in gap and self._column + len(gap) + taken > self._width:
            gap = "\n" if self._column else ""
        self._column = taken + (self._column + len(gap) if "\n" not in gap else 0)
        return gap + word


class TabularFlow:
    r"""Prose as `Flow` breaks it, and rows, each begun by one piece, as a table in columns.

    >>> flow = TabularFlow(width=40)
    >>> flow.add("part | measure") + flow.add("\nfootings | 70 cm") + flow.end()
    'part      measure\nfootings  70 cm'
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._prose = Flow(width)
        self._rows: list[str] = []
        self._is_new_line = True

    def add(self, text: str) -> str:
        """Take the next piece; return what can be shown by now."""
        return "".join(self._add(piece) for piece in _LINES.findall(text))

    def end(self) -> str:
        """Return all that was held back."""
        return self._table() + self._prose.end()

    def _add(self, piece: str) -> str:
        """Take what stands on one line; a new row waits for those below it."""
        begins, self._is_new_line = self._is_new_line, piece.endswith("\n")
        if begins and is_row(piece):
            self._rows.append(piece)
        elif not begins and self._rows:
            self._rows[-1] += piece
        else:
            return self._table() + self._prose.add(piece)
        return ""

    def _table(self) -> str:
        """Return the rows: in columns if they fit, else as prose."""
        text, self._rows = "".join(self._rows), []
        table = table_of(text.splitlines()) if text else None
        lines = list(aligned(table, None)) if table else []
        if not lines or max(map(cell_len, lines)) > self._width:
            return self._prose.add(text)
        shown = self._prose.add_whole("\n".join(lines))
        return shown + self._prose.add(text[len(text.rstrip("\n")) :])
