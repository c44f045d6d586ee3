"""What an extractor is, and the ways in which a file gives no text."""

from collections.abc import Callable
from typing import Protocol

from twinctl.wire.codes import ErrorCode
from twind.domain.documents import Document
from twind.errors import ExtractionFailed

Tell = Callable[[int, int], None]


def told_to_nobody(_done: int, _total: int) -> None:
    """Take no notice of progress."""


class Extractor(Protocol):
    """Turns the bytes of one format into a document. Pure: reads no other file, no network."""

    def __call__(self, data: bytes) -> Document:
        """Return the document.

        Raises:
            ExtractionFailed: The bytes give no text. Any other exception that a parser lets
                through is taken as damage by the registry.
        """


def corrupt(what: str) -> ExtractionFailed:
    """`what` says which kind of file is damaged, as in `PDF`."""
    return ExtractionFailed(
        f"the {what} is damaged and cannot be read",
        hint="open it in its own application, save it again, and ingest the new file",
        code=ErrorCode.CORRUPT,
    )


def encrypted(what: str) -> ExtractionFailed:
    """`what` says which kind of file is locked, as in `PDF`."""
    return ExtractionFailed(
        f"the {what} is encrypted and opens only with a password",
        hint="save a copy without the password and ingest that",
        code=ErrorCode.ENCRYPTED,
    )


def empty() -> ExtractionFailed:
    """The file has no content at all."""
    return ExtractionFailed(
        "the file is empty",
        hint="check that it was saved or downloaded completely",
        code=ErrorCode.EMPTY,
    )


def no_text(what: str, *, hint: str = "only text can be ingested") -> ExtractionFailed:
    """`what` says which kind of file was read without finding text."""
    return ExtractionFailed(f"the {what} has no text", hint=hint, code=ErrorCode.NO_TEXT)


def too_large(what: str) -> ExtractionFailed:
    """`what` says which part of the file is too large."""
    return ExtractionFailed(
        f"{what} is too large to be read",
        hint="split the file into smaller ones",
        code=ErrorCode.TOO_LARGE,
    )


def unsupported(
    what: str, *, hint: str = "save it as PDF, Word, HTML or plain text and ingest that"
) -> ExtractionFailed:
    """`what` names the kind of file, as in `an archive`."""
    return ExtractionFailed(f"{what} is not supported", hint=hint, code=ErrorCode.UNSUPPORTED)
