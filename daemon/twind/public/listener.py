"""The public application on a port of its own, in a thread with its own event loop."""

import asyncio
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp

from twind.errors import TwindError
from twind.public.forwarding import Forwarding
from twind.public.guard import LARGEST_HEAD_BYTES
from twind.public.slow import USUAL, Patience, PatientProtocol, Room
from twind.public.sockets import bind, raised_files
from twind.serving.listening import Address

log = logging.getLogger(__name__)

BACKLOG = 1024
GRACE_S = 3
KEEP_ALIVE_S = 5
STEPS_AT_ONCE = 16
"""Steps of answers that are worked on, most of them by waiting for what writes."""
ROUTES_AT_ONCE = 8
"""Requests that are looked at; the database takes their changes one by one anyway."""
_SHARE_OF_FILES = 2


class _Server(uvicorn.Server):
    """Says when it answers, and works with as many threads as serve it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server.startup`."""
        threads = ThreadPoolExecutor(STEPS_AT_ONCE, thread_name_prefix="public")
        asyncio.get_running_loop().set_default_executor(threads)
        current_default_thread_limiter().total_tokens = ROUTES_AT_ONCE
        await super().startup(sockets)
        self.is_ready.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    address: Address
    asked: str
    """The host as it was asked for, which may be a name of that address."""
    server: _Server
    thread: threading.Thread

    def is_at(self, host: str, port: int) -> bool:
        return host in {self.asked, self.address.host} and port in {0, self.address.port}

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()


class PublicListener:
    """Starts and stops the public application; see `twind.serving.listening.Listener`.

    Attributes:
        app: The application.
        problem: Why it does not listen where the settings want it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        url: str,
        forwarding: Forwarding | None = None,
        patience: Patience = USUAL,
    ) -> None:
        """Take what answers.

        Args:
            app: The application.
            url: The address that visitors know it by; empty for that of the listener itself.
            forwarding: Through which proxies visitors come; none if None.
            patience: How connections are borne.
        """
        self.app = app
        self._forwarding = forwarding or Forwarding()
        self._patience = patience
        self._url = url
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self.problem: TwindError | None = None

    @property
    def unnamed_proxy(self) -> str | None:
        """See `Listener.unnamed_proxy`."""
        return self._forwarding.unnamed

    @property
    def known_as(self) -> str:
        """See `Listener.known_as`."""
        return self._url

    @property
    def address(self) -> Address | None:
        """See `Listener.address`."""
        running = self._running
        return running.address if running else None

    @property
    def url(self) -> str | None:
        """See `Listener.url`."""
        address = self.address
        return (self._url or f"http://{address.reachable()}") if address else None

    def start(self, host: str, port: int) -> Address:
        """See `Listener.start`."""
        with self._lock:
            before = self._running
            if before is not None and before.is_at(host, port):
                return before.address
            self._running = _serve(self.app, host, bind(host, port), self._room())
            if before is not None:
                before.stop()
            self.problem = None
            log.info("visitors are answered on %s", self._running.address)
            return self._running.address

    def try_start(self, listen: str) -> None:
        """Listen where the settings want it; a daemon that cannot goes on without visitors.

        Args:
            listen: A host and a port, as in `public.listen`.
        """
        try:
            address = Address.parse(listen)
            self.start(address.host, address.port)
        except TwindError as error:
            self.problem = error
            log.warning("public.listen: %s", error.message)

    def stop(self) -> None:
        """See `Listener.stop`."""
        with self._lock:
            running, self._running = self._running, None
            if running is not None:
                running.stop()
                log.info("visitors are answered no more")

    def _room(self) -> Room:
        most = min(self._patience.most, raised_files() // _SHARE_OF_FILES)
        return Room(replace(self._patience, most=most), self._forwarding.proxies)


def _serve(app: ASGIApp, asked: str, listening: socket.socket, room: Room) -> _Running:
    protocol = partial(PatientProtocol, room=room)
    config = uvicorn.Config(
        app,
        http=cast("Any", protocol),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=LARGEST_HEAD_BYTES,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config)
    host, port, *_ = listening.getsockname()
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), name="public", daemon=True
    )
    thread.start()
    server.is_ready.wait()
    address = Address(host=host, port=port)
    return _Running(address=address, asked=asked, server=server, thread=thread)
