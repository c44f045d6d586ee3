"""Who listens to changes of jobs and sources, and what each has not been told yet."""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import ceil

from twind.domain.jobs import Job
from twind.domain.sources import Source
from twind.store.changes import Change, Kind
from twind.store.store import Store, Tenant

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Jobs and sources as they are now that they changed, by id; None was deleted.

    The source of a job that has ended is as the job left it or newer.
    """

    sources: dict[str, Source | None]
    jobs: dict[str, Job | None]


class Subscription:
    """Changes that one listener has yet to take.

    What changes again meanwhile is taken once, as it is then: a slow listener costs no more than
    the ids of what changed.
    """

    def __init__(self, tenant: Tenant, twins: Collection[str], wake: Callable[[], None]) -> None:
        self._tenant = tenant
        self._twins = twins
        self.wake = wake
        self._lock = threading.Lock()
        self._waiting: dict[tuple[Kind, str], None] = {}

    def note(self, change: Change) -> None:
        """Keep a change until it is taken, if the listener wants it."""
        if change.tenant_id != self._tenant.id:
            return
        if self._twins and change.twin_id not in self._twins:
            return
        with self._lock:
            is_first = not self._waiting
            self._waiting[change.kind, change.id] = None
        if is_first:
            self.wake()

    def parts(self) -> int:
        """Return how many times `take` takes all that there is now."""
        with self._lock:
            return ceil(len(self._waiting) / _AT_ONCE)

    def take(self) -> News:
        """Return what changed since it was last taken, or a part of it if it is much.

        Where something is left, the listener is woken for it: more may have come than it counted.
        """
        with self._lock:
            taken = list(islice(self._waiting, _AT_ONCE))
            for key in taken:
                del self._waiting[key]
            is_left = bool(self._waiting)
        if is_left:
            self.wake()
        return self._read(taken)

    def _read(self, changed: list[tuple[Kind, str]]) -> News:
        """Read the jobs first, so that the sources read after them are as new or newer."""
        job_ids = [row_id for kind, row_id in changed if kind == "job"]
        source_ids = [row_id for kind, row_id in changed if kind == "source"]
        jobs = self._tenant.jobs.some(job_ids)
        ended = [job.source_id for job in jobs.values() if job.finished_at and job.source_id]
        sources = self._tenant.sources.some({*source_ids, *ended})
        return News(
            sources={**dict.fromkeys(source_ids), **sources},
            jobs={**dict.fromkeys(job_ids), **jobs},
        )


class Events:
    """Hands committed changes to whoever has subscribed.

    Attributes:
        has_ended: The daemon stops; nothing more comes.
    """

    def __init__(self, store: Store) -> None:
        self._lock = threading.Lock()
        self._subscriptions: set[Subscription] = set()
        self.has_ended = False
        store.changes.listen(self._note)

    @contextmanager
    def subscribe(
        self, tenant: Tenant, twins: Collection[str], wake: Callable[[], None]
    ) -> Iterator[Subscription]:
        """Gather changes of a tenant, or of some of its twins, until the block is left.

        Args:
            tenant: Whose changes.
            twins: Only those of these twins, by id; empty for all.
            wake: Called from any thread when there is something to take, or nothing more comes.
        """
        subscription = Subscription(tenant, twins, wake)
        with self._lock:
            self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            with self._lock:
                self._subscriptions.discard(subscription)

    def count(self) -> int:
        """Return how many listen."""
        return len(self._subscriptions)

    def end(self) -> None:
        """Tell everybody that nothing more comes, because the daemon stops."""
        with self._lock:
            self.has_ended = True
            for subscription in self._subscriptions:
                subscription.wake()

    def _note(self, change: Change) -> None:
        with self._lock:
            for subscription in self._subscriptions:
                subscription.note(change)
