"""Failures of sources and jobs on the wire."""

from twinctl.wire.errors import Failure
from twind.domain import jobs


def failure_out(failure: jobs.Failure | None) -> Failure | None:
    """Return a failure as it travels."""
    if failure is None:
        return None
    return Failure(code=failure.code, message=failure.message, hint=failure.hint)
