"""Fetches files of the owner's, and bytes that were handed in."""

import stat
from pathlib import Path

from twinctl.wire.codes import ErrorCode
from twind.domain.sources import Blob, Source, SourceKind
from twind.errors import InvalidInput
from twind.ingest.fetch.base import Fetched
from twind.jobs.handler import JobContext
from twind.store.blobs import BlobTable

MEGABYTE = 1 << 20
SIZE_HINT = "raise the limit with: twinctl config set ingest.max_file_mb 1000"
PATH_HINT = "check the path; of a folder, its files are ingested; a web address has https://"
TEXT_SUFFIX = ".md"


class FileFetcher:
    """Reads files of this machine anew each time; an upload has its kept bytes only."""

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def __call__(self, source: Source, context: JobContext) -> Fetched:
        """Copy the file aside.

        Raises:
            InvalidInput: With code `file_missing`, `file_unreadable` or `too_large`.
        """
        path = Path(source.uri)
        if path.is_absolute():
            blob = read_file(path, context.tenant.blobs, max_bytes=self._max_bytes)
            return Fetched(blob=blob, name=path.name)
        return kept(source, context)


def kept(source: Source, context: JobContext) -> Fetched:
    """Return the bytes that were handed in for a source, else those it was indexed from.

    Raises:
        NotFound: There are none.
    """
    blob = context.tenant.blobs.get(source.incoming_hash or source.blob_hash or "")
    is_text = source.kind is SourceKind.TEXT
    name = source.title + TEXT_SUFFIX if is_text else Path(source.uri.partition(":")[2]).name
    return Fetched(blob=blob, name=name)


def check_file(path: Path, max_bytes: int) -> None:
    """See that a path is a file that can be read and is not too large.

    Raises:
        InvalidInput: With code `file_missing`, `file_unreadable` or `too_large`.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InvalidInput(
                f"{path} is not a file", hint=PATH_HINT, code=ErrorCode.FILE_UNREADABLE
            )
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path, error) from error
    size = status.st_size
    if size > max_bytes:
        raise too_large(str(path), size, max_bytes)


def read_file(path: Path, blobs: BlobTable, *, max_bytes: int) -> Blob:
    """Copy the bytes of a file aside.

    Raises:
        InvalidInput: With code `file_missing`, `file_unreadable` or `too_large`.
    """
    check_file(path, max_bytes)
    try:
        return blobs.put_file(path, max_bytes=max_bytes)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> InvalidInput:
    """Return the error of a file that cannot be opened."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InvalidInput(
            f"there is no file {path}", hint=PATH_HINT, code=ErrorCode.FILE_MISSING
        )
    return InvalidInput(
        f"{path} cannot be read: {error.strerror}",
        hint="check its permissions",
        code=ErrorCode.FILE_UNREADABLE,
    )


def too_large(name: str, size: int, limit: int) -> InvalidInput:
    """Return the error of something larger than what is taken; sizes in bytes."""
    return InvalidInput(
        f"{name} has {size / MEGABYTE:.0f} MB; at most {limit / MEGABYTE:.0f} MB are taken",
        hint=SIZE_HINT,
        code=ErrorCode.TOO_LARGE,
    )
