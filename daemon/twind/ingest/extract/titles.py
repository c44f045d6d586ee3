"""Titles as programs write them into files, of which many are none."""

import re

_NO_TITLE = re.compile(
    r"^(?:microsoft |powerpoint |untitled|document\d*$|slide \d|\(?anonymous)|\.\w{2,5}$",
    re.IGNORECASE,
)
_MIN_LETTERS = 0.5


def real_title(stated: str | None) -> str | None:
    """Return the title in one line; None for file names, numbers and what programs put there."""
    title = " ".join((stated or "").split())
    letters = sum(character.isalpha() for character in title)
    is_number = letters < _MIN_LETTERS * len(title.replace(" ", ""))
    return None if is_number or not letters or _NO_TITLE.search(title) else title
