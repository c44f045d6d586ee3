"""Dates as files state them."""

import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:[-/.]?(\d{1,2})(?:[-/.]?(\d{1,2}))?)?")


def iso_date(stated: str | None) -> str | None:
    """Return an ISO 8601 date (`2024-05-01`, `2024-05` or `2024`), None without a year.

    Reads ISO 8601 dates and times and PDF dates (`D:20240501…`).
    """
    match = _DATE.match((stated or "").strip().removeprefix("D:"))
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]
