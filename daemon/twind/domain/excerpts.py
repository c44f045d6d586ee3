"""The part of a text that somebody looked for."""

import re
from collections.abc import Sequence

_CUT = "…"


def excerpt(text: str, words: Sequence[str], width: int) -> str:
    """Return one line of at most `width` characters around the first of the words in a text.

    Where none is found, whatever the case, it is the beginning.

    >>> excerpt("The tower is made of grey granite.", ["granite"], 16)
    '…grey granite.'
    """
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    match = re.search("|".join(map(re.escape, words)), line, re.IGNORECASE)
    found = match.start() if match else 0
    start = max(0, min(found - width // 3, len(line) - width + 1))
    if start:
        start = line.find(" ", start, found) + 1 or start
    head = _CUT if start else ""
    rest = line[start:]
    room = width - len(head)
    return head + (rest if len(rest) <= room else rest[: room - 1].rstrip() + _CUT)
