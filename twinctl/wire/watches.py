"""Watched folders."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from twinctl.wire.texts import WHOLE

MOST_GLOBS = 100

Text = Annotated[str, WHOLE]


class WatchIn(BaseModel):
    """A folder on the daemon's own machine, by absolute path; globs are read as gitignore's."""

    path: Text
    include: list[Text] = Field(default=[], max_length=MOST_GLOBS)
    exclude: list[Text] = Field(default=[], max_length=MOST_GLOBS)


class WatchOut(BaseModel):
    """A watched folder; state is `watching`, `polling`, `missing` or `failed`.

    `files`, `live` and `failed` count the sources that came from it.
    """

    id: str
    path: str
    twin: str
    state: str
    reason: str | None
    include: list[str]
    exclude: list[str]
    last_event_at: datetime | None
    files: int
    live: int
    failed: int


class WatchList(BaseModel):
    """The watched folders of a twin."""

    watches: list[WatchOut]
