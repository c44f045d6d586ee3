"""The audience: what notes it, what catches up with it, and what tells of it."""

import time
from collections.abc import Callable

from twind.audience.backlog import Backlog
from twind.audience.collector import Collector
from twind.audience.groups import Grouper, Meaning
from twind.audience.instruments import Instruments
from twind.audience.reports import Reports
from twind.audience.visitors import Visitors
from twind.audience.worker import Worker
from twind.store.store import Store, Tenant


class Audience:
    """Everything that deals with who asks.

    Attributes:
        visitors: Makes pseudonyms.
        collector: Notes questions; the only writer of metrics.
        reports: Adds up what was asked.
        instruments: What a monitoring system reads.
    """

    def __init__(
        self,
        store: Store,
        meaning_of: Callable[[Tenant], Meaning | None],
        *,
        keep_days: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the store and how it is worked on.

        Args:
            store: What is asked is kept in it.
            meaning_of: Returns what the embedding model of a tenant makes of questions.
            keep_days: How many days are kept, today among them.
            clock: Returns UTC seconds.
        """
        backlog = Backlog()
        self.instruments = Instruments()
        self.visitors = Visitors(store, clock)
        self.collector = Collector(
            Grouper(meaning_of), backlog, self.instruments.observe, clock=clock
        )
        self.reports = Reports(backlog, clock)
        self._worker = Worker(
            store, self.collector, backlog, self.visitors, keep_days=keep_days, clock=clock
        )

    def start(self) -> None:
        """Begin to catch up with what was asked, in the background."""
        self._worker.start()

    def stop(self) -> None:
        """End after the step at hand; the next start goes on."""
        self._worker.stop()
