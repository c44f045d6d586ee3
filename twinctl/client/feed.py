"""Changes of jobs and sources, gathered while something else is done."""

import threading
import time
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from twinctl.client.client import TwinClient
from twinctl.errors import DaemonUnreachable, TwinctlError
from twinctl.wire.events import Event, Gone, JobChanged, SourceChanged
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceOut

_PATIENCE_S = 60.0
"""How long a daemon that went away is waited for: it may be starting again."""

_AGAIN_S = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Jobs and sources as they were when they last changed, by id.

    `connection` counts from 1; when it rises, changes may have been missed before these.
    """

    jobs: dict[str, JobOut | Gone]
    sources: dict[str, SourceOut | Gone]
    connection: int


class Feed:
    """Gathers changes in a thread of its own, and connects again when the daemon comes back.

    A context manager: once it is entered, no change is missed.
    """

    def __init__(self, client: TwinClient) -> None:
        self._client = client.beside()
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._jobs: dict[str, JobOut | Gone] = {}
        self._sources: dict[str, SourceOut | Gone] = {}
        self._connection = 0
        self._failure: TwinctlError | None = None

    def __enter__(self) -> Self:
        threading.Thread(target=self._follow, name="events", daemon=True).start()
        with self._changed:
            self._changed.wait_for(lambda: self._connection or self._failure)
            self._check()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._client.hang_up()

    def take(self, wait_s: float) -> News:
        """Return what changed since it was last taken; waits a while if nothing has.

        Raises:
            DaemonUnreachable: The daemon went away and did not come back.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._sources or self._failure, wait_s)
            self._check()
            news = News(jobs=self._jobs, sources=self._sources, connection=self._connection)
            self._jobs, self._sources = {}, {}
        return news

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _follow(self) -> None:
        """Read again and again; the first connection must succeed, later ones may take a while."""
        deadline = 0.0
        while not self._ended.is_set():
            before = self._connection
            failure = self._read()
            if self._connection > before:
                deadline = time.monotonic() + _PATIENCE_S
            if time.monotonic() > deadline:
                with self._changed:
                    self._failure = failure
                    self._changed.notify_all()
                return
            self._ended.wait(_AGAIN_S)

    def _read(self) -> TwinctlError:
        """Gather changes until the connection ends; return why it did."""
        try:
            with closing(self._client.events()) as events:
                for event in events:
                    self._put(event)
        except TwinctlError as error:
            return error
        return DaemonUnreachable(
            "the daemon stopped", hint="twinctl daemon start: what was handed over goes on then"
        )

    def _put(self, event: Event) -> None:
        with self._changed:
            if isinstance(event, JobChanged):
                self._jobs[event.data.id] = event.data
            elif isinstance(event, SourceChanged):
                self._sources[event.data.id] = event.data
            else:
                self._connection += 1
            self._changed.notify_all()
