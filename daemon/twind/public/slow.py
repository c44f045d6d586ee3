"""Connections that come one by one and go nowhere: deadlines, and how many there may be.

Each deadline is for a whole phase of a request and is not moved by a byte that comes in time: a
client that sends, or reads, one byte a minute is cut off like one that does nothing.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from twind.domain.addresses import Networks, is_within, one_client

_QUIET = logging.getLogger("twind.public.connections")
_QUIET.setLevel(logging.ERROR)
"""What strangers send that is no HTTP is not worth a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long, and with how many, connections are borne.

    Attributes:
        head_s: Seconds for the head of a request.
        body_s: Seconds for its body.
        reading_s: Seconds for a reader to take what was sent.
        most: Connections in all.
        most_an_address: Connections from one address, unless it is a proxy's.
    """

    head_s: float = 10
    body_s: float = 20
    reading_s: float = 20
    most: int = 2000
    most_an_address: int = 100


USUAL = Patience()


class Room:
    """The connections that are open, and those among them that have asked nothing yet.

    When all places are taken, the one that has waited longest with its question gives way.
    """

    def __init__(self, patience: Patience, proxies: Networks = ()) -> None:
        """Take how many there may be, and the addresses that many visitors come from."""
        self.patience = patience
        self._proxies = proxies
        self._clients: Counter[str] = Counter()
        self._silent: dict[asyncio.Transport, None] = {}
        self._count = 0

    def enter(self, transport: asyncio.Transport, address: str) -> bool:
        """Take a place; return whether there is one."""
        client, is_proxy = one_client(address), is_within(address, self._proxies)
        if self._clients[client] >= self.patience.most_an_address and not is_proxy:
            return False
        if self._count >= self.patience.most:
            if not self._silent:
                return False
            longest = next(iter(self._silent))
            self.speaks(longest)
            longest.abort()
        self._count += 1
        self._clients[client] += 1
        self._silent[transport] = None
        return True

    def speaks(self, transport: asyncio.Transport) -> None:
        """Note that a connection has asked something."""
        self._silent.pop(transport, None)

    def leave(self, transport: asyncio.Transport, address: str) -> None:
        """Give a place back."""
        self.speaks(transport)
        self._count -= 1
        client = one_client(address)
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, with a place to take and deadlines to keep."""

    def __init__(self, *, room: Room, **given: Any) -> None:
        super().__init__(**given)
        self.logger = _QUIET
        self._room = room
        self._address: str | None = None
        self._phase: object = None
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, if there is room."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if not self._room.enter(transport, address):
            transport.abort()
            return
        self._address = address
        transport.set_write_buffer_limits(high=0)  # whatever is not taken at once is waited for
        self._follow()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and give the place back."""
        for timer in (self._receiving, self._sending):
            if timer is not None:
                timer.cancel()
        if self._address is not None:
            self._room.leave(self.transport, self._address)
            self._address = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._follow()

    def pause_writing(self) -> None:
        """Wait for the reader to take what was sent."""
        super().pause_writing()
        if self._sending is None:
            self._sending = self._after(self._room.patience.reading_s)

    def resume_writing(self) -> None:
        """Go on: everything was taken."""
        super().resume_writing()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words are for nobody
        """Answer what is no HTTP without a body, and hang up."""
        head = h11.Response(
            status_code=HTTPStatus.BAD_REQUEST,
            headers=[("Connection", "close"), ("Content-Length", "0")],
        )
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.write(self.conn.send(head) or b"")
        self.transport.close()

    def _follow(self) -> None:
        """Start the deadline of the phase that the request is in now, if it is another."""
        phase = self.conn.their_state
        if phase is self._phase:
            return
        self._phase = phase
        if self._receiving is not None:
            self._receiving.cancel()
            self._receiving = None
        if phase is h11.IDLE:
            self._receiving = self._after(self._room.patience.head_s)
        else:
            self._room.speaks(self.transport)
        if phase is h11.SEND_BODY:
            self._receiving = self._after(self._room.patience.body_s)

    def _after(self, seconds: float) -> asyncio.TimerHandle:
        return self.loop.call_later(seconds, self.transport.abort)
