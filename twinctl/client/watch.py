"""Following jobs until they have ended."""

import time
from collections.abc import Iterable, Iterator

from twinctl.client.client import TwinClient
from twinctl.wire.jobs import JobOut

ENDED = frozenset({"succeeded", "failed", "cancelled"})

_FAST_S = 0.2
_SLOW_S = 1.0
_SLOWER = 1.3
_OVERLAP_S = 2.0


class Watch:
    """The jobs that are waited for; asks only for what changed since it last asked."""

    def __init__(self, client: TwinClient) -> None:
        self._client = client
        self._since = time.time() - _OVERLAP_S
        self._waiting: set[str] = set()

    def add(self, job: JobOut) -> None:
        """Wait for a job too, unless it has ended."""
        if job.status not in ENDED:
            self._waiting.add(job.id)

    def poll(self) -> list[JobOut]:
        """Return those of the jobs that changed, each as it is now."""
        asked = time.time()
        changed = [
            job for job in self._client.jobs(changed_since=self._since) if job.id in self._waiting
        ]
        # Jobs that change while the answer is made are seen in the next round.
        self._since = asked - _OVERLAP_S
        self._waiting -= {job.id for job in changed if job.status in ENDED}
        return changed

    def rounds(self) -> Iterator[list[JobOut]]:
        """Yield what changed, again and again, until every job has ended."""
        pause_s = _FAST_S
        seen: dict[str, JobOut] = {}
        while self._waiting:
            changed = self.poll()
            news = [job for job in changed if seen.get(job.id) != job]
            seen.update(_by_id(news))
            yield changed
            pause_s = _FAST_S if news else min(pause_s * _SLOWER, _SLOW_S)
            if self._waiting:
                time.sleep(pause_s)


def _by_id(jobs: Iterable[JobOut]) -> dict[str, JobOut]:
    return {job.id: job for job in jobs}
