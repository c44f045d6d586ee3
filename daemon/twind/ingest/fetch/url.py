"""Fetches pages and documents of the web."""

import io
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, BinaryIO

from twind.domain.sources import Origin, Source
from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.answers import failure_of
from twind.ingest.fetch.base import Fetched
from twind.ingest.fetch.deadline import Deadline
from twind.ingest.fetch.file import too_large
from twind.ingest.fetch.media import check_no_feed, media_of
from twind.ingest.fetch.normalise import normalised
from twind.jobs.handler import JobContext

if TYPE_CHECKING:
    import httpx2

_HEAD_BYTES = 4096


class UrlFetcher:
    """Asks the server anew each time, and only for what has changed."""

    def __init__(self, guard: Guard, *, max_bytes: int, timeout_s: float) -> None:
        """Take the limits.

        Args:
            guard: Says which addresses may be connected to.
            max_bytes: Most that is taken, after decompression.
            timeout_s: Seconds that everything may take.
        """
        self._guard = guard
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s

    def __call__(self, source: Source, context: JobContext) -> Fetched:
        """Return what the address of the source holds now.

        Raises:
            Passing: The server is busy, silent or broke off.
            FetchFailed: It holds nothing that can be used; the code says why.
            InvalidInput: `too_large`.
        """
        from twind.ingest.fetch.web import opened

        deadline = Deadline(self._timeout_s, context.check)
        headers = _conditions(source)
        with opened(source.uri, headers, guard=self._guard, deadline=deadline) as answer:
            context.log("info", f"{answer.url} answered {answer.status_code}")
            if headers and answer.status_code == HTTPStatus.NOT_MODIFIED:
                return _unchanged(source, context)
            failure = failure_of(answer.status_code, answer.headers, source.uri, time.time())
            if failure is not None:
                raise failure
            return self._taken(answer, source, context)

    def _taken(self, answer: "httpx2.Response", source: Source, context: JobContext) -> Fetched:
        url, headers = normalised(str(answer.url)), answer.headers
        media = media_of(url, headers.get("content-type"), headers.get("content-disposition"))
        body = _limited(answer.iter_bytes(), source.uri, self._max_bytes)
        blobs = context.tenant.blobs
        blob = blobs.put_stream(_as_file(body))
        try:
            with blob.path.open("rb") as file:
                check_no_feed(file.read(_HEAD_BYTES))
        except BaseException:
            blobs.discard(blob)
            raise
        return Fetched(
            blob=blob,
            name=media.name,
            is_page=True,
            charset=media.charset,
            origin=Origin(
                url=url,
                etag=_repeatable(headers.get("etag")),
                last_modified=_repeatable(headers.get("last-modified")),
            ),
        )


def _conditions(source: Source) -> dict[str, str]:
    """Return the headers that ask for the bytes only if they are not those we have."""
    if source.blob_hash is None:
        return {}
    stated = {
        "If-None-Match": source.origin.etag,
        "If-Modified-Since": source.origin.last_modified,
    }
    return {name: value for name, value in stated.items() if value}


def _repeatable(value: str | None) -> str | None:
    """Return what a server stated, if it may be said back to it as it is."""
    return value if value and value.isascii() else None


def _unchanged(source: Source, context: JobContext) -> Fetched:
    blob = context.tenant.blobs.get(source.blob_hash or "")
    return Fetched(blob=blob, name=source.title, origin=source.origin)


def _limited(pieces: Iterator[bytes], name: str, max_bytes: int) -> Iterator[bytes]:
    """Pass pieces on until there are too many bytes of them."""
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > max_bytes:
            raise too_large(name, length, max_bytes)
        yield piece


def _as_file(pieces: Iterator[bytes]) -> BinaryIO:
    return io.BufferedReader(_Pieces(pieces))


class _Pieces(io.RawIOBase):
    """Bytes that arrive in pieces, as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        length = min(len(buffer), len(self._rest))
        buffer[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length
