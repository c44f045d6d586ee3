"""Waiting for the daemon by asking it, not by the clock."""

import time
from collections.abc import Callable

from twinctl.client.client import TwinClient
from twinctl.wire.jobs import JobOut

PATIENCE_S = 180.0
POLL_S = 0.02
FINAL = frozenset({"succeeded", "failed", "cancelled"})


def wait_until(is_true: Callable[[], bool]) -> None:
    """Ask again and again until the answer is yes.

    Raises:
        AssertionError: It stayed no for three minutes.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(POLL_S)


def finished(client: TwinClient, job_id: str) -> JobOut:
    """Return a job once it has ended."""
    wait_until(lambda: client.job(job_id).status in FINAL)
    return client.job(job_id)
