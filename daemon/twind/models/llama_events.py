"""Text as server-sent events; what comes close together leaves as one. In the child only."""

import json
import time
from collections.abc import Callable
from typing import Any

from twind.models.llama_protocol import text_chunk

REST_S = 0.04
"""For so long nothing is sent behind a sending: each wakes whoever reads, and takes the processor
from the threads that write."""


class TextStream:
    """Sends the first piece as it comes; one that soon follows another waits for the next."""

    def __init__(
        self, send: Callable[[bytes], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        """Take what sends bytes, and a clock in seconds."""
        self._send = send
        self._now = now
        self._waiting: list[str] = []
        self._rests_until = now()

    def add(self, piece: str) -> None:
        """Send a piece behind those that wait for it, or have it wait, too."""
        self._waiting.append(piece)
        if self._now() >= self._rests_until:
            self._send_events(self._taken())
            self._rests_until = self._now() + REST_S

    def end(self, *events: dict[str, Any]) -> None:
        """Send what waits and the last events."""
        self._send_events([*self._taken(), *events])

    def _taken(self) -> list[dict[str, Any]]:
        pieces, self._waiting = self._waiting, []
        return [text_chunk("".join(pieces))] if pieces else []

    def _send_events(self, events: list[dict[str, Any]]) -> None:
        self._send(b"".join(b"data: %b\n\n" % json.dumps(event).encode() for event in events))
