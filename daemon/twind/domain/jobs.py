"""Jobs: units of background work, and when one that failed is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_ATTEMPTS = 5
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 300.0


class JobStatus(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why work failed: a stable code, what happened, and the way out where there is one."""

    code: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A unit of work. Times are UTC seconds.

    Attributes:
        id: The job.
        kind: What is to be done; names the handler.
        status: Where it stands.
        twin_id: The twin it works for, if any.
        source_id: The source it works on, if any; one job of a source runs at a time.
        payload: What the handler needs to know; survives JSON.
        attempts: How often it was begun.
        done: Steps that are done.
        total: Steps in all; None until known.
        cancel_requested: The owner wants it to end.
        error: Why the last attempt failed, or None.
        run_at: Not to be begun before.
        created_at: When it was added.
        updated_at: When anything of it last changed.
        started_at: When the last attempt began.
        finished_at: When it became final.
    """

    id: str
    kind: str
    status: JobStatus
    twin_id: str | None = None
    source_id: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0
    done: int = 0
    total: int | None = None
    cancel_requested: bool = False
    error: Failure | None = None
    run_at: float
    created_at: float
    updated_at: float
    started_at: float | None = None
    finished_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLog:
    """A line of a job's log; `at` is UTC seconds."""

    at: float
    level: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """What a worker learns when it renews its lease."""

    ours: bool
    cancel_requested: bool


def backoff_s(attempt: int, jitter: float) -> float:
    """Return the seconds to wait after a failed attempt: doubling, capped, spread.

    Args:
        attempt: The attempt that failed, counted from 1.
        jitter: 0 to 1; 0 gives half of the full wait, 1 all of it.
    """
    full = min(FIRST_WAIT_S * 2.0 ** min(attempt - 1, 64), LONGEST_WAIT_S)
    return full * (1 + jitter) / 2


def retry_at(
    now: float, attempt: int, jitter: float, *, after_s: float | None = None
) -> float | None:
    """Return when to try again after `attempt`, in UTC seconds; None once it was the last.

    Args:
        now: The time.
        attempt: The attempt that failed, counted from 1.
        jitter: 0 to 1; spreads what would otherwise be tried at one moment.
        after_s: Seconds to wait at least, where the failure names them; else see `backoff_s`.
    """
    if attempt >= MAX_ATTEMPTS:
        return None
    if after_s is None:
        return now + backoff_s(attempt, jitter)
    return now + after_s + FIRST_WAIT_S * jitter
