"""How far a job is, in words."""

from typing import TYPE_CHECKING

from twinctl.wording import size

if TYPE_CHECKING:
    from twinctl.wire.jobs import JobOut

_IN_BYTES = frozenset({"pull", "add"})
"""Kinds of jobs whose steps are bytes."""


def steps(job: "JobOut") -> str:
    """Return the steps that are done, and of how many where that is known."""
    progress = job.progress
    if job.kind in _IN_BYTES:
        return f"{size(progress.done)}/{size(progress.total)}" if progress.total else ""
    return f"{progress.done}/{progress.total}" if progress.total else str(progress.done)
