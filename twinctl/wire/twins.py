"""Twins."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from twinctl.wire.texts import LANGUAGE, LINE, WORDS

SLUG = r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"

Name = Annotated[str, Field(min_length=1, max_length=200), LINE]
Long = Annotated[str, Field(max_length=2_000), WORDS]
Short = Annotated[str, Field(max_length=500), WORDS]
Language = Annotated[str, Field(max_length=35), LANGUAGE]
Mode = Literal["strict", "guided"]


class TwinIn(BaseModel):
    """A new twin; the slug is made of the name unless it is given."""

    name: Name
    slug: str | None = Field(default=None, pattern=SLUG)
    description: Long = ""


class PersonaOut(BaseModel):
    """How a twin speaks; a text that is empty leaves it to the twin.

    Attributes:
        voice: How it puts things, for a model that writes.
        language: BCP 47 tag of the language it answers in; empty for that of the question.
        greeting: What it says when a chat begins.
        refusal: What it says when its sources do not answer; empty for the usual words.
        mode: `strict` says what sources say; `guided` may connect what they say, still cited.
    """

    voice: str
    language: str
    greeting: str
    refusal: str
    mode: Mode


class PersonaPatch(BaseModel):
    """What to change of how a twin speaks; what is null stays."""

    voice: Long | None = None
    language: Language | None = None
    greeting: Short | None = None
    refusal: Short | None = None
    mode: Mode | None = None


class TwinPatch(BaseModel):
    """What to change of a twin; what is null stays."""

    name: Name | None = None
    slug: str | None = Field(default=None, pattern=SLUG)
    description: Long | None = None
    persona: PersonaPatch | None = None


class TwinOut(BaseModel):
    """A twin and how much it knows."""

    id: str
    slug: str
    name: str
    description: str
    persona: PersonaOut
    sources: int
    chunks: int
    created_at: datetime


class TwinPage(BaseModel):
    """A page of twins; `next_cursor` is null on the last one."""

    twins: list[TwinOut]
    next_cursor: str | None = None
