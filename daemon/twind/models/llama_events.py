"""Server-sent events, of which those that are close together leave at once. In the child only."""

import json
import time
from collections.abc import Callable
from typing import Any

REST_S = 0.025
"""For so long nothing is sent behind a sending: each wakes whoever reads, and takes the processor
from the threads that write."""


class EventStream:
    """Sends the first event as it comes; one that soon follows another waits for the next."""

    def __init__(
        self, send: Callable[[bytes], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what sends bytes, and a clock in seconds."""
        self._send = send
        self._now = now
        self._waiting: list[bytes] = []
        self._rests_until = now()

    def add(self, event: dict[str, Any]) -> None:
        """Send an event and those that wait for it, or have it wait, too."""
        self._keep(event)
        if self._now() >= self._rests_until:
            self._send_all()
            self._rests_until = self._now() + REST_S

    def end(self, *events: dict[str, Any]) -> None:
        """Send what waits and the last events."""
        for event in events:
            self._keep(event)
        self._send_all()

    def _keep(self, event: dict[str, Any]) -> None:
        self._waiting.append(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _send_all(self) -> None:
        self._send(b"".join(self._waiting))
        self._waiting.clear()
