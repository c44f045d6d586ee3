"""What all screens share: the home and its daemon, the tenant, and the twin in force."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from twinctl.client.client import TwinClient
from twinctl.client.launch import Place
from twinctl.client.transport import Transport
from twinctl.wire.system import Check


class Doctor(Protocol):
    """Looks for what is wrong. Takes a while: for threads only."""

    def __call__(self, *, fix: bool) -> list[Check]:
        """Return all findings, after a repair of what is safe to repair if that is wanted."""


class Desk:
    """One for the whole application.

    Attributes:
        place: The home.
        tenant: Whose twins are shown.
        twin: Slug or id of the twin in force.
        doctor: Looks for what is wrong with this installation.
        edition: Rises when all that is shown may be out of date: another twin was chosen, or
            the daemon is back.
    """

    def __init__(self, *, place: Place, tenant: str, twin: str, doctor: Doctor) -> None:
        self.place = place
        self.tenant = tenant
        self.twin = twin
        self.doctor = doctor
        self.edition = 0
        self._open: set[Transport] = set()
        self._lock = threading.Lock()

    @contextmanager
    def client(self, *, timeout_s: float | None = None) -> Iterator[TwinClient]:
        """Open a connection for the thread that asks.

        Args:
            timeout_s: Longest silence to wait through, where the usual one does not fit.
        """
        given = {} if timeout_s is None else {"timeout_s": timeout_s}
        with Transport(self.place.home.socket, tenant=self.tenant, **given) as transport:
            with self._lock:
                self._open.add(transport)
            try:
                yield TwinClient(transport)
            finally:
                with self._lock:
                    self._open.discard(transport)

    def hang_up(self) -> None:
        """End whatever threads receive, so that the application can end."""
        with self._lock:
            transports = list(self._open)
        for transport in transports:
            transport.hang_up()
