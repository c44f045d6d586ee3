"""What does a job, and what it may ask of the loop while it runs."""

from contextlib import AbstractContextManager
from typing import Protocol

from twinctl.wire.codes import ErrorCode
from twind.domain.jobs import Job
from twind.errors import TwindError
from twind.store.store import Tenant


class Passing(TwindError):
    """A failure that may pass by itself: the job is tried again, a few times.

    The waits grow, unless `after_s` says in how many seconds trying again makes sense.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: ErrorCode | None = None,
        after_s: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.after_s = after_s


class Interrupted(Exception):
    """The daemon stops, or the job is somebody else's by now: leave it as it is.

    Not a `TwindError`, so that a handler does not take it for a failure of its source.
    """


class NotYet(Exception):
    """The job cannot be begun now and is run again in `after_s`; the attempt does not count.

    For what waits for its turn: a handler that blocked instead would hold a worker for nothing.
    """

    def __init__(self, after_s: float) -> None:
        super().__init__(f"not before {after_s:.1f} s from now")
        self.after_s = after_s


class JobContext(Protocol):
    """The handler's line to the loop."""

    @property
    def tenant(self) -> Tenant:
        """Whose job it is."""
        ...

    def report(self, done: int, total: int | None) -> None:
        """Tell how many steps of all are done; cheap enough for every step."""
        ...

    def log(self, level: str, message: str) -> None:
        """Add a line to the log of the job; `level` is `info`, `warning` or `error`."""
        ...

    def check(self) -> None:
        """Stop here if the job should end; cheap enough for every step.

        Raises:
            Cancelled: The owner cancelled the job.
            Interrupted: The daemon stops; the job is run again from its beginning.
        """
        ...

    def completing(self) -> AbstractContextManager[None]:
        """The transaction that ends the job: what is changed in it, and its success, or neither.

        Raises:
            Interrupted: The job is somebody else's by now; nothing was changed.
        """
        ...


class JobHandler(Protocol):
    """Does all jobs of one kind. Running it twice for one job must do no harm."""

    def __call__(self, job: Job, context: JobContext) -> None:
        """Do the job.

        Raises:
            NotYet: It cannot begin now.
            Passing: Trying again later may help.
            TwindError: It failed for good.
        """
        ...
