"""Errors of the daemon.

    TwindError            code, message, hint; the base of every expected failure
    ├── NotFound          no such twin, source, job or conversation (or another tenant's)
    ├── InvalidInput      what was sent cannot be used
    ├── Conflict          the thing is in a state that does not allow it
    ├── FetchFailed       a place on the web gave nothing; its code says why
    ├── ExtractionFailed  a file gave no text; its code says why
    ├── ModelUnavailable  no embedding model, or its process died
    ├── GeneratorFailed   a model that writes text cannot be reached or broke off
    ├── StoreUnusable     the database cannot be opened
    └── Cancelled         the owner cancelled the work

A class carries its default code; a raise may name a narrower one from `twinctl.wire.codes`.
"""

from twinctl.wire.codes import ErrorCode


class TwindError(Exception):
    """An expected failure with a stable code and a hint that names the way out."""

    code = ErrorCode.INTERNAL

    def __init__(
        self, message: str, *, hint: str | None = None, code: ErrorCode | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code


class NotFound(TwindError):
    """No such thing in this tenant."""

    code = ErrorCode.NOT_FOUND


class InvalidInput(TwindError):
    """What was sent cannot be used."""

    code = ErrorCode.INVALID


class Conflict(TwindError):
    """The thing is in a state that does not allow it."""

    code = ErrorCode.CONFLICT


class FetchFailed(TwindError):
    """A place on the web gave nothing that can be used."""

    code = ErrorCode.UNREACHABLE


class ExtractionFailed(TwindError):
    """A file gave no usable text."""

    code = ErrorCode.CORRUPT


class ModelUnavailable(TwindError):
    """A model is missing or its process died."""

    code = ErrorCode.MODEL_UNAVAILABLE


class GeneratorFailed(TwindError):
    """A model that writes text cannot be reached or broke off."""

    code = ErrorCode.GENERATOR_FAILED


class StoreUnusable(TwindError):
    """The database cannot be opened."""

    code = ErrorCode.STORE_UNUSABLE


class Cancelled(TwindError):
    """The owner cancelled the work."""

    code = ErrorCode.CANCELLED
