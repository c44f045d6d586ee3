"""Errors of the client and the exit codes they end with.

TwinctlError            message, hint, exit_code; the base of every expected failure
├── Misused             what was typed cannot be used (2)
├── ConfigInvalid       config.toml or a TWINCTL_* variable is wrong (2)
├── DaemonUnreachable   it does not answer, or could not be started (3)
├── ApiError            the daemon answered with a problem; its code names the exit code
├── NotFound            nothing has the name that was typed (4)
├── NotAllowed          the socket or a file of the home belongs to somebody else (5)
├── ItemsFailed         one of several items failed, each was named (1)
├── Interrupted         Ctrl-C (130)
└── PipeClosed          whoever read the output went away; nothing is printed (0)
"""

from enum import IntEnum

from twinctl.wire.codes import ErrorCode


class ExitCode(IntEnum):
    """What `twinctl` ends with."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNREACHABLE = 3
    NOT_FOUND = 4
    NOT_ALLOWED = 5
    REFUSED = 10
    INTERRUPTED = 130


class TwinctlError(Exception):
    """An expected failure: what went wrong and the way out."""

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Misused(TwinctlError):
    """What was typed cannot be used."""

    exit_code = ExitCode.USAGE


class ConfigInvalid(TwinctlError):
    """A setting is wrong, in `config.toml` or in the environment."""

    exit_code = ExitCode.USAGE


class DaemonUnreachable(TwinctlError):
    """The daemon does not answer or could not be started."""

    exit_code = ExitCode.UNREACHABLE


class NotFound(TwinctlError):
    """Nothing has the name that was typed."""

    exit_code = ExitCode.NOT_FOUND


class NotAllowed(TwinctlError):
    """The socket or a file of the home may not be used by this account."""

    exit_code = ExitCode.NOT_ALLOWED


class ItemsFailed(TwinctlError):
    """One of several items failed; each has been named."""


class Interrupted(TwinctlError):
    """Ctrl-C."""

    exit_code = ExitCode.INTERRUPTED


class PipeClosed(TwinctlError):
    """The reader of the output went away; there is nobody to tell."""

    exit_code = ExitCode.DONE


class ApiError(TwinctlError):
    """The daemon answered with a problem document.

    Attributes:
        code: Stable word, one of `twinctl.wire.codes.ErrorCode` as a rule.
        status: HTTP status.
    """

    def __init__(self, message: str, *, code: str, status: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.status = status
        self.exit_code = _exit_code(code, status)


_BY_CODE: dict[str, ExitCode] = {
    ErrorCode.NOT_FOUND: ExitCode.NOT_FOUND,
    ErrorCode.FILE_MISSING: ExitCode.NOT_FOUND,
    ErrorCode.INVALID: ExitCode.USAGE,
    ErrorCode.SHUTTING_DOWN: ExitCode.UNREACHABLE,
    ErrorCode.NOT_AUTHENTICATED: ExitCode.NOT_ALLOWED,
    ErrorCode.KEY_EXPIRED: ExitCode.NOT_ALLOWED,
    ErrorCode.KEY_REVOKED: ExitCode.NOT_ALLOWED,
    ErrorCode.NOT_ALLOWED: ExitCode.NOT_ALLOWED,
}
_KNOWN = frozenset(str(code) for code in ErrorCode)
_BY_STATUS = {401: ExitCode.NOT_ALLOWED, 403: ExitCode.NOT_ALLOWED, 404: ExitCode.NOT_FOUND}


def _exit_code(code: str, status: int) -> ExitCode:
    if code in _KNOWN:
        return _BY_CODE.get(code, ExitCode.FAILED)
    return _BY_STATUS.get(status, ExitCode.FAILED)
