"""Following jobs until they have ended."""

import time
from collections.abc import Iterator

from twinctl.client.client import TwinClient
from twinctl.wire.jobs import JobOut

ENDED = frozenset({"succeeded", "failed", "cancelled"})

_FAST_S = 0.3
_SLOW_S = 1.0
_SLOWER = 1.3

_OVERLAP_S = 1.0
"""How far a look reaches back before the last one: jobs change while an answer is made."""

_SILENCE_S = 5.0
"""After this long without news everything is looked at again, whenever it changed."""


class Watch:
    """The jobs that are waited for; asks only for what changed since it last asked."""

    def __init__(self, client: TwinClient) -> None:
        self._client = client
        self._began = time.time() - _OVERLAP_S
        self._since = self._began
        self._last_news = time.monotonic()
        self._known: dict[str, JobOut] = {}
        self._waiting: set[str] = set()

    def add(self, job: JobOut) -> None:
        """Wait for a job too, unless it has ended."""
        if job.status not in ENDED:
            self._waiting.add(job.id)

    def poll(self) -> list[JobOut]:
        """Return those of the jobs that changed, each as it is now."""
        if time.monotonic() - self._last_news > _SILENCE_S:
            self._since = self._began
        asked = time.time()
        changed = [
            job
            for job in self._client.jobs(changed_since=self._since)
            if job.id in self._waiting and self._known.get(job.id) != job
        ]
        self._since = asked - _OVERLAP_S
        self._known.update((job.id, job) for job in changed)
        self._waiting -= {job.id for job in changed if job.status in ENDED}
        if changed:
            self._last_news = time.monotonic()
        return changed

    def rounds(self) -> Iterator[list[JobOut]]:
        """Yield what changed, again and again, until every job has ended."""
        pause_s = _FAST_S
        while self._waiting:
            changed = self.poll()
            yield changed
            pause_s = _FAST_S if changed else min(pause_s * _SLOWER, _SLOW_S)
            if self._waiting:
                time.sleep(pause_s)
