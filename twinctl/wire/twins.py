"""Twins."""

from datetime import datetime

from pydantic import BaseModel, Field

SLUG = r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"


class TwinIn(BaseModel):
    """A new twin; the slug is made of the name unless it is given."""

    name: str = Field(min_length=1, max_length=200)
    slug: str | None = Field(default=None, pattern=SLUG)
    description: str = Field(default="", max_length=2_000)


class TwinPatch(BaseModel):
    """What to change of a twin; what is null stays."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    slug: str | None = Field(default=None, pattern=SLUG)
    description: str | None = Field(default=None, max_length=2_000)


class TwinOut(BaseModel):
    """A twin and how much it knows."""

    id: str
    slug: str
    name: str
    description: str
    sources: int
    chunks: int
    created_at: datetime


class TwinPage(BaseModel):
    """A page of twins; `next_cursor` is null on the last one."""

    twins: list[TwinOut]
    next_cursor: str | None = None
