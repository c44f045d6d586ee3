"""What happens in the daemon, as it happens."""

import threading
from collections.abc import Callable
from contextlib import closing

from textual.message import Message

from twinctl.errors import DaemonUnreachable, TwinctlError
from twinctl.tui.desk import Desk
from twinctl.tui.messages import Changed, Connected, Lost, News
from twinctl.wire.events import Event, JobChanged, SourceChanged

_SILENCE_S = 40.0
"""The daemon says something at least every fifteen seconds."""

_FIRST_S = 0.25
_LONGEST_S = 5.0


class Live:
    """Follows `GET /events` in a thread, and connects again when the daemon comes back.

    Tells by messages: `Connected`, `Lost`, and `Changed` when there is something to take. What
    comes before it is taken is gathered, so that a busy daemon never outruns the screen.
    """

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._post = post
        self._lock = threading.Lock()
        self._news = News(jobs={}, sources={})
        self._is_told = False
        self._ended = threading.Event()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="live", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread. What it receives is ended by `Desk.hang_up`."""
        self._ended.set()
        self._hurry.set()

    def hurry(self) -> None:
        """Try at once instead of waiting for the next attempt."""
        self._hurry.set()

    def take(self) -> News:
        """Return what changed since it was last taken."""
        with self._lock:
            news = self._news
            self._news = News(jobs={}, sources={})
            self._is_told = False
        return news

    def _follow(self) -> None:
        pause_s = _FIRST_S
        while not self._ended.is_set():
            has_spoken, error = self._read()
            if self._ended.is_set():
                return
            self._post(Lost(error))
            pause_s = _FIRST_S if has_spoken else min(2 * pause_s, _LONGEST_S)
            self._hurry.wait(pause_s)
            self._hurry.clear()

    def _read(self) -> tuple[bool, TwinctlError]:
        """Gather changes until the connection ends; return whether it began, and why it ended."""
        has_spoken = False
        try:
            with (
                self._desk.client(timeout_s=_SILENCE_S) as client,
                closing(client.events()) as events,
            ):
                for event in events:
                    has_spoken = True
                    self._put(event)
        except TwinctlError as error:
            return has_spoken, error
        return has_spoken, DaemonUnreachable("the daemon stopped", hint="twinctl daemon start")

    def _put(self, event: Event) -> None:
        if not isinstance(event, JobChanged | SourceChanged):
            self._post(Connected())
            return
        with self._lock:
            if isinstance(event, JobChanged):
                self._news.jobs[event.data.id] = event.data
            else:
                self._news.sources[event.data.id] = event.data
            was_told, self._is_told = self._is_told, True
        if not was_told:
            self._post(Changed())
