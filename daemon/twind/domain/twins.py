"""Twins: one person's answering copy of their own material."""

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_TENANT = "default"
DEFAULT_TWIN = "default"


class Mode(StrEnum):
    """How far a twin may go beyond the words of its sources."""

    STRICT = "strict"
    """It says what sources say, and nothing else."""
    GUIDED = "guided"
    """It may connect what sources say; each sentence still rests on some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """How a twin speaks, in the words of its owner.

    Attributes:
        voice: How it puts things; told to a model that writes, empty for no wish.
        language: BCP 47 tag of the language it answers in; empty for that of the question.
        greeting: What it says when a chat begins; may be empty.
        refusal: What it says when its sources do not answer; empty for the usual words.
        mode: How far it may go beyond the words of its sources.
    """

    voice: str = ""
    language: str = ""
    greeting: str = ""
    refusal: str = ""
    mode: Mode = Mode.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A twin; `slug` is unique within its tenant. Times are UTC seconds."""

    id: str
    slug: str
    name: str
    description: str
    persona: Persona
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much a twin, or a whole tenant, knows."""

    sources: int
    chunks: int
