"""Sources: what was ingested."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from twinctl.wire.errors import Failure
from twinctl.wire.texts import WHOLE

MOST_FILES = 50
"""Files that are taken in at once."""


class SourceBrief(BaseModel):
    """A source as `ingest --json` prints it; status is `processing`, `live` or `failed`."""

    id: str
    kind: str
    uri: str
    title: str
    status: str
    chunks: int
    job_id: str | None
    error: Failure | None


class SourceOut(SourceBrief):
    """A source as `sources list --json` prints it; times are UTC."""

    bytes: int | None
    chars: int | None
    pages: int | None
    created_at: datetime
    indexed_at: datetime | None


class Timings(BaseModel):
    """Seconds that the steps of the last indexing took."""

    fetch_s: float
    read_s: float
    embed_s: float


class SourceDetail(SourceOut):
    """A source as `sources show --json` prints it; null where nothing is stated or known.

    Attributes:
        url: Canonical address of what was fetched from the web.
        author: As the content states it.
        published: As the content states it, ISO 8601.
        duration_s: Length of a video.
        timings: What the last indexing took.
    """

    url: str | None
    author: str | None
    published: str | None
    duration_s: float | None
    timings: Timings | None


class SourcePage(BaseModel):
    """A page of sources; `next_cursor` is null on the last one."""

    sources: list[SourceOut]
    next_cursor: str | None = None


class SourceText(BaseModel):
    """The whole text of a source, which locators point into."""

    source_id: str
    title: str
    text: str


class FileIn(BaseModel):
    """A file on the daemon's own machine, by absolute path."""

    path: str
    title: str | None = Field(default=None, max_length=500)


class UploadIn(BaseModel):
    """What stands in a form beside the bytes of its `file`."""

    title: str | None = Field(default=None, max_length=500)


class FilesIn(BaseModel):
    """Files on the daemon's own machine, by absolute paths."""

    paths: list[str] = Field(min_length=1, max_length=MOST_FILES)


class UrlIn(BaseModel):
    """A page or document of the web, by its `http` or `https` address."""

    url: str = Field(min_length=1, max_length=8192)
    title: str | None = Field(default=None, max_length=500)


class TextIn(BaseModel):
    """Text to ingest; the same title again replaces the text."""

    text: Annotated[str, WHOLE]
    title: str | None = Field(default=None, max_length=500)


class Deleted(BaseModel):
    """What a deletion removed; `answers` are those that quoted it and were withdrawn."""

    sources: int
    chunks: int
    answers: int = 0
