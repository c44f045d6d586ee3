"""Twins: one person's answering copy of their own material."""

from dataclasses import dataclass

DEFAULT_TENANT = "default"
DEFAULT_TWIN = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A twin; `slug` is unique within its tenant. Times are UTC seconds."""

    id: str
    slug: str
    name: str
    description: str
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much a twin, or a whole tenant, knows."""

    sources: int
    chunks: int
