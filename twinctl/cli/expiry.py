"""When something ends, as it is typed: a time span from now, a day, or a moment."""

import re
from datetime import datetime, timedelta

from twinctl.errors import Misused

_SPAN = re.compile(r"(\d{1,6}) ?([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def expiry(text: str, now: datetime) -> datetime:
    """Return the moment that `30m`, `12h`, `7d`, `2w`, a day or a moment stands for.

    A day ends with its last second, as this machine's clock shows it.

    Args:
        text: As it was typed.
        now: Aware.

    Raises:
        Misused: It is none of these, or lies in the past.
    """
    try:
        end = _parsed(text.strip(), now)
    except (ValueError, OverflowError):
        raise Misused(
            f"{text!r} is no time to end at", hint="write 12h, 7d, 2w or 2030-12-31"
        ) from None
    if end <= now:
        raise Misused(f"{text} is over already")
    return end


def _parsed(text: str, now: datetime) -> datetime:
    span = _SPAN.fullmatch(text)
    if span:
        return now + timedelta(**{_UNITS[span[2]]: int(span[1])})
    at = datetime.fromisoformat(text)
    if _DAY.fullmatch(text):
        at += timedelta(days=1)
    return at if at.tzinfo else at.astimezone()
