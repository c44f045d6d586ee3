"""Changes of jobs and sources, as `GET /events` tells them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceOut


class Gone(BaseModel):
    """What is left of a job or source that was deleted."""

    id: str
    status: Literal["deleted"] = "deleted"


class Ready(BaseModel):
    """The first event: what is listed after it misses nothing that the events do not tell."""

    event: Literal["ready"]
    data: dict[str, Any]


class JobChanged(BaseModel):
    """A job as it is now."""

    event: Literal["job"]
    data: JobOut | Gone


class SourceChanged(BaseModel):
    """A source as it is now."""

    event: Literal["source"]
    data: SourceOut | Gone


Event = Ready | JobChanged | SourceChanged

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])
"""Reads an event."""
