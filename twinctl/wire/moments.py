"""Moments that people choose, as far away as a calendar goes."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError


def _kept(value: datetime) -> datetime:
    """Return a moment as it comes back after it was kept in seconds."""
    try:
        return datetime.fromtimestamp(value.timestamp(), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise PydanticCustomError("too_far", "is in none of the years 1 to 9999") from error


Moment = Annotated[AwareDatetime, AfterValidator(_kept)]
"""A moment with its time zone, in UTC."""
