"""Titles of files that state none."""

import re
from pathlib import PurePath


def title_of(name: str) -> str:
    """Return the name of a file as words.

    >>> title_of("annual-report_2022.pdf")
    'annual report 2022'
    """
    return " ".join(re.split(r"[-_\s]+", PurePath(name).stem)).strip() or name
