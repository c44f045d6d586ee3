"""Running text that comes in pieces, broken between words where a line is full."""

import re

_PIECES = re.compile(r"\S+|\s+")


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

    def end(self) -> str:
        """Return the word that was held back, with what parts it from the one before."""
        if not self._word:
            return ""
        gap, word = self._gap, self._word
        self._gap = self._word = ""
        if "\n" not in gap and self._column + len(gap) + len(word) > self._width:
            gap = "\n" if self._column else ""
        self._column = len(word) + (self._column + len(gap) if "\n" not in gap else 0)
        return gap + word
