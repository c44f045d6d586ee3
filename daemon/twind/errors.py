"""Errors of the daemon.

    TwindError            code, message, hint; the base of every expected failure
    ├── NotFound          no such twin, source, job or conversation (or another tenant's)
    ├── InvalidInput      what was sent cannot be used
    ├── Conflict          the thing is in a state that does not allow it
    ├── LinkEnded         a share link lets nobody in any more; its code says why
    ├── NotAuthenticated  no key was shown where one is needed, or none that can be used
    ├── NotAllowed        the key may not do this
    ├── RateLimited       too much was asked in too short a time; it says how long to wait
    │   └── Overloaded    too many ask at once, whoever they are
    ├── FetchFailed       a place on the web gave nothing; its code says why
    ├── ExtractionFailed  a file gave no text; its code says why
    ├── ModelUnavailable  no embedding model, or its process died
    ├── GeneratorFailed   a model that writes text cannot be reached or broke off
    ├── StoreUnusable     the database cannot be opened, read or written; its code says why
    │   └── StoreDamaged  what is in it is broken, which does not pass by itself
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


class LinkEnded(TwindError):
    """A share link that exists lets nobody in any more."""

    code = ErrorCode.SHARE_REVOKED


class NotAuthenticated(TwindError):
    """No key was shown where one is needed, or none that can be used."""

    code = ErrorCode.NOT_AUTHENTICATED


class NotAllowed(TwindError):
    """The key may not do this."""

    code = ErrorCode.NOT_ALLOWED


class RateLimited(TwindError):
    """Too much was asked in too short a time."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, message: str, *, retry_after_s: float, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after_s = retry_after_s


class Overloaded(RateLimited):
    """Too many ask at once, whoever they are."""

    code = ErrorCode.BUSY


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
    """The database, or the bytes beside it, cannot be opened, read or written; it may pass."""

    code = ErrorCode.STORE_UNUSABLE


class StoreDamaged(StoreUnusable):
    """What is in the database is broken, which does not pass by itself."""


class Cancelled(TwindError):
    """The owner cancelled the work."""

    code = ErrorCode.CANCELLED
