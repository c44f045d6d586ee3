"""Sizes, times and places in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000.0
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400

_REASONS = {"no_evidence": "the sources do not say", "no_sources": "there were no sources"}


def size(count: int | None) -> str:
    """Return bytes in the unit that people read."""
    if count is None:
        return "-"
    amount = float(count)
    for unit in _UNITS[:-1]:
        if amount < _STEP:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= _STEP
    return f"{amount:.1f} {_UNITS[-1]}"


def duration(seconds: float | None) -> str:
    """Return a time span in its largest units."""
    if seconds is None:
        return "-"
    whole = int(seconds)
    if whole < _MINUTE_S:
        return f"{whole} s"
    if whole < _HOUR_S:
        return f"{whole // _MINUTE_S} min"
    if whole < _DAY_S:
        return f"{whole // _HOUR_S} h {whole % _HOUR_S // _MINUTE_S} min"
    return f"{whole // _DAY_S} d {whole % _DAY_S // _HOUR_S} h"


def moment(at: datetime | None) -> str | None:
    """Return a time as this machine's clock shows it."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S") if at else None


def minute(at: datetime) -> str:
    """Return a time to the minute, as this machine's clock shows it."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was, as short as can be."""
    seconds = int((now - at).total_seconds())
    if seconds < _MINUTE_S:
        return "now"
    if seconds < _HOUR_S:
        return f"{seconds // _MINUTE_S} min"
    if seconds < _DAY_S:
        return f"{seconds // _HOUR_S} h"
    return f"{seconds // _DAY_S} d"


def clock(seconds: float) -> str:
    """Return a position in a recording, as players show it."""
    hours, rest = divmod(int(seconds), _HOUR_S)
    minutes, left = divmod(rest, _MINUTE_S)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def place(locator: Mapping[str, Any]) -> str:
    """Return where in its source a passage stands, for people; empty where nothing is known."""
    parts = []
    if "page" in locator:
        parts.append(f"page {locator['page']}")
    if "start_seconds" in locator:
        parts.append(f"at {clock(locator['start_seconds'])}")
    if "heading" in locator:
        parts.append(str(locator["heading"]))
    return ", ".join(parts)


def milliseconds(took_ms: float) -> str:
    """Return how long something took, in the unit that fits."""
    return f"{took_ms:.0f} ms" if took_ms < _STEP else f"{took_ms / _STEP:.1f} s"


def percent(part: float, whole: float) -> str:
    """Return a share of a hundred; a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def refused_for(reason: str) -> str:
    """Return why a question was refused, for people."""
    return _REASONS.get(reason, reason)


def counted(count: int, noun: str) -> str:
    """Return a number and its noun, in the plural where it is due."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
