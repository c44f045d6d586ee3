"""What fetching is: from the place of a source to bytes that lie aside."""

from dataclasses import dataclass, field
from typing import Protocol

from twind.domain.sources import Blob, Origin, Source
from twind.jobs.handler import JobContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes of a source, and what its place says of them.

    Attributes:
        blob: The bytes; those kept already where the place says that nothing changed.
        name: A file name for the extractor, which takes its ending as a hint.
        origin: What the place states beside the content.
        charset: How text is written, as its server says.
        is_page: Whether the bytes are an answer of a web server, which may be no content at all.
        title: As the place states it, if it does.
        author: As the place states it, if it does.
        published: ISO 8601 date as the place states it, if it does.
    """

    blob: Blob
    name: str
    origin: Origin = field(default_factory=Origin)
    charset: str | None = None
    is_page: bool = False
    title: str | None = None
    author: str | None = None
    published: str | None = None


class Fetcher(Protocol):
    """Fetches sources of one kind."""

    def __call__(self, source: Source, context: JobContext) -> Fetched:
        """Return the bytes of the source as they are now.

        Raises:
            Passing: Trying again later may help.
            TwindError: There are none to be had; the code says why.
        """
        ...
