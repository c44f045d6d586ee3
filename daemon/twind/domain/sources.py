"""Sources: places that were ingested, and what indexing makes of their content."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from twind.domain.chunks import Chunk, Locator
from twind.domain.documents import Document
from twind.domain.jobs import Failure


class SourceKind(StrEnum):
    """What sort of place a source is."""

    FILE = "file"
    URL = "url"
    YOUTUBE = "youtube"
    TEXT = "text"


class SourceStatus(StrEnum):
    """Whether a source answers."""

    PROCESSING = "processing"
    LIVE = "live"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a place on the web states beside its content; None where it states nothing.

    Attributes:
        url: The canonical address.
        etag: Entity tag of the bytes, for a conditional request.
        last_modified: Date of the bytes as the server wrote it, for a conditional request.
        duration_s: Length of a video.
    """

    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Seconds that the steps of the last indexing took."""

    fetch_s: float
    read_s: float
    embed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place and the state of its content. Times are UTC seconds.

    Attributes:
        id: The source.
        twin_id: Its twin.
        kind: What sort of place it is.
        uri: Where it came from; one source a place and twin.
        title: Title of its content.
        status: `live` as soon as some content is indexed, also while newer content is worked on.
        error: Why the last attempt failed, or None.
        blob_hash: SHA-256 of the bytes that are indexed.
        incoming_hash: SHA-256 of bytes that were handed in and wait to be indexed.
        bytes: Size of the bytes that are indexed.
        chars: Length of its text.
        pages: Pages or slides where the format has them.
        chunks: Number of indexed passages.
        author: As the content states it.
        published: As the content states it, ISO 8601.
        origin: What its place states beside the content.
        timings: What the last indexing took; None until there was one.
        job_id: The latest job that worked on it.
        created_at: When it was added.
        updated_at: When anything of it last changed.
        indexed_at: When its content was last indexed.
    """

    id: str
    twin_id: str
    kind: SourceKind
    uri: str
    title: str
    status: SourceStatus
    error: Failure | None = None
    blob_hash: str | None = None
    incoming_hash: str | None = None
    bytes: int | None = None
    chars: int | None = None
    pages: int | None = None
    chunks: int = 0
    author: str | None = None
    published: str | None = None
    origin: Origin = field(default_factory=Origin)
    timings: Timings | None = None
    job_id: str | None = None
    created_at: float
    updated_at: float
    indexed_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes that were put aside: where they lie, their SHA-256 and how many they are."""

    path: Path
    hash: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """New content of a source, ready to take the place of the old.

    Attributes:
        document: The text, with author, date and number of pages.
        title: Title of the source from now on.
        blob: The bytes it was made of.
        chunks: Its passages in order.
        text_hashes: For each chunk, SHA-256 (hex) of what the embedding model reads.
        generation: Key of the generation that the vectors belong to; None without a model.
        vectors: For each chunk, little-endian float32 of the generation's dimension.
        origin: What its place states beside the content.
        timings: What it took.
    """

    document: Document
    title: str
    blob: Blob
    chunks: tuple[Chunk, ...]
    text_hashes: tuple[str, ...]
    generation: int | None = None
    vectors: tuple[bytes, ...] = ()
    origin: Origin = field(default_factory=Origin)
    timings: Timings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChunk:
    """A chunk of a live source as it is found; `key` is its number in the index."""

    key: int
    id: str
    source_id: str
    uri: str
    title: str
    text: str
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a deletion took away; `answers` are those that quoted it and were withdrawn."""

    sources: int
    chunks: int
    answers: int = 0
