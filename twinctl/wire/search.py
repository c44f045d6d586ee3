"""Search."""

from typing import Annotated

from pydantic import BaseModel, Field

from twinctl.wire.locators import Locator
from twinctl.wire.texts import SAID


class SearchIn(BaseModel):
    """A query and how many passages to return."""

    query: Annotated[str, Field(min_length=1, max_length=10_000), SAID]
    k: int = Field(default=10, ge=1, le=100)


class Hit(BaseModel):
    """A passage that was found; ranks count from 1, a larger score is better."""

    rank: int
    score: float
    source_id: str
    chunk_id: str
    uri: str
    title: str
    text: str
    locator: Locator


class SearchOut(BaseModel):
    """Passages, best first. `notice` says when only a part of the search could run."""

    query: str
    hits: list[Hit]
    took_ms: float
    notice: str | None = None
