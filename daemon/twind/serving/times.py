"""Times: UTC seconds inside, aware datetimes on the wire."""

from datetime import UTC, datetime


def moment(seconds: float) -> datetime:
    """Return UTC seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: float | None) -> datetime | None:
    """Return UTC seconds as an aware datetime, or None as it is."""
    return None if seconds is None else moment(seconds)
