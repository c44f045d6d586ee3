"""Titles as programs write them into files, of which many are none."""

import re

_NO_TITLE = re.compile(
    r"^(?:microsoft |powerpoint |untitled|document\d*$|slide \d|\(?anonymous)|\.\w{2,5}$|^\W*$",
    re.IGNORECASE,
)


def real_title(stated: str | None) -> str | None:
    """Return the title in one line, None for file names and what programs put by default."""
    title = " ".join((stated or "").split())
    return None if _NO_TITLE.search(title) else title
