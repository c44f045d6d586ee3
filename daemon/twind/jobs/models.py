"""The jobs `pull` and `add`, which bring models into the library. Their steps are bytes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twinctl.wire.codes import ErrorCode
from twind.domain.jobs import Job
from twind.errors import Cancelled, Conflict, ModelUnavailable
from twind.jobs.handler import JobContext, NotYet, Passing
from twind.models.adding import Adding
from twind.models.library import Library
from twind.models.pull import Pull
from twind.store.store import Tenant

PULL, ADD = "pull", "add"
TURN_S = 1.0


class PullHandler:
    """Fetches models of the hub, one at a time; a job that is run again goes on where it was."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = threading.Lock()

    def __call__(self, job: Job, context: JobContext) -> None:
        """Fetch the model that the job names."""
        pull = Pull(str(job.payload["name"]), self._library)
        has_begun = False

        def on_bytes(done: int, total: int) -> None:
            nonlocal has_begun
            has_begun = has_begun or done > 0
            _report(context, done, total)

        with _one_at_a_time(self._turn):
            try:
                name = pull.run(on_bytes)
            except Cancelled:
                pull.forget()
                raise
            except ModelUnavailable as error:
                if has_begun and error.code is ErrorCode.UNREACHABLE:
                    raise Passing(error.message, hint=error.hint, code=error.code) from error
                raise
        context.log("info", f"{name} is here")


class AddHandler:
    """Copies models of this machine; a job that is run again starts anew."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = threading.Lock()

    def __call__(self, job: Job, context: JobContext) -> None:
        """Copy the model that the job names."""
        with _one_at_a_time(self._turn):
            adding = Adding(Path(job.payload["path"]), job.payload.get("name"), self._library)
            adding.run(lambda done, total: _report(context, done, total))
        context.log("info", f"{adding.name} is here")


def queue_transfer(tenant: Tenant, kind: str, payload: dict[str, str | None]) -> Job:
    """Queue a job of these kinds; where the very same is under way already, return that.

    Raises:
        Conflict: Another one is under way.
    """
    with tenant.transaction():
        for job in tenant.jobs.unfinished(kind):
            if dict(job.payload) == payload:
                return job
            raise Conflict(
                f"{job.payload.get('name') or job.payload.get('path')} is not here yet; one model "
                "comes after the other",
                hint=f"wait for it, or: twinctl jobs cancel {job.id}",
            )
        return tenant.jobs.add(kind, payload=payload)


def _report(context: JobContext, done: int, total: int) -> None:
    context.report(done, total)
    context.check()


@contextmanager
def _one_at_a_time(turn: threading.Lock) -> Iterator[None]:
    if not turn.acquire(blocking=False):
        raise NotYet(TURN_S)
    try:
        yield
    finally:
        turn.release()
