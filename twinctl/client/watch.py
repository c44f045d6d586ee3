"""Following jobs until they have ended."""

from types import TracebackType
from typing import Self

from twinctl.client.client import TwinClient
from twinctl.client.feed import Feed
from twinctl.wire.events import Gone
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceOut

ENDED = frozenset({"succeeded", "failed", "cancelled"})


class Watch:
    """The jobs that are waited for, and their sources. A context manager, as its feed is."""

    def __init__(self, client: TwinClient) -> None:
        self._client = client
        self._feed = Feed(client)
        self._connection = 1
        self._waiting: dict[str, JobOut] = {}
        self._sources: dict[str, SourceOut | Gone] = {}

    def __enter__(self) -> Self:
        self._feed.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._feed.__exit__(kind, error, trace)

    @property
    def waiting(self) -> list[JobOut]:
        """Those that have not ended, as far as is known."""
        return list(self._waiting.values())

    def add(self, job: JobOut) -> None:
        """Wait for a job too, unless it has ended."""
        if job.status not in ENDED:
            self._waiting[job.id] = job

    def changed(self, wait_s: float) -> list[JobOut]:
        """Return those of the jobs that changed; waits a while if nothing did.

        Raises:
            DaemonUnreachable: The daemon went away and did not come back.
        """
        news = self._feed.take(wait_s)
        self._sources.update(news.sources)
        told: dict[str, JobOut | Gone] = {
            key: job for key, job in news.jobs.items() if key in self._waiting
        }
        if news.connection > self._connection:
            self._connection = news.connection
            self._sources.clear()
            told = self._listed()
        return [self._note(key, job) for key, job in told.items()]

    def source(self, source_id: str) -> SourceOut | Gone | None:
        """Return a source as it was told of last; None if it was not since it was last asked."""
        return self._sources.pop(source_id, None)

    def _note(self, job_id: str, job: JobOut | Gone) -> JobOut:
        """Remember what a job is by now; one that was deleted counts as cancelled."""
        if isinstance(job, Gone):
            job = self._waiting[job_id].model_copy(update={"status": "cancelled"})
        self._waiting[job_id] = job
        if job.status in ENDED:
            del self._waiting[job_id]
        return job

    def _listed(self) -> dict[str, JobOut | Gone]:
        """Return all jobs that are waited for, as the daemon lists them."""
        found: dict[str, JobOut | Gone] = {key: Gone(id=key) for key in self._waiting}
        missing = set(found)
        for job in self._client.jobs():
            if job.id in missing:
                found[job.id] = job
                missing.remove(job.id)
            if not missing:
                break
        return found
