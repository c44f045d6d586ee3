"""A listener and keys that last as long as a command."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from twinctl.client.client import TwinClient
from twinctl.client.requests import checked
from twinctl.wire.keys import KeyIn
from twinctl.wire.public import ListenerIn

DAY = timedelta(days=1)
SHORT = timedelta(minutes=5)

_EVERYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 - compared
_LOOPBACK = "127.0.0.1"


@contextmanager
def listening(client: TwinClient) -> Iterator[str]:
    """Have visitors of this machine answered; give the address here of whatever answers them.

    A listener that was off is off again afterwards.
    """
    before = client.listener()
    listener = before if before.running else client.start_listener(ListenerIn(host=_LOOPBACK))
    host, _, port = str(listener.listen).rpartition(":")
    try:
        yield f"http://{_LOOPBACK if host in _EVERYWHERE else host}:{port}"
    finally:
        if not before.running:
            client.stop_listener()


@contextmanager
def lent_key(
    client: TwinClient,
    *,
    name: str,
    twin: str,
    lasts: timedelta,
    origins: list[str] | None = None,
) -> Iterator[str]:
    """Give a publishable key for one twin, which is revoked afterwards.

    Args:
        client: The daemon.
        name: What it is called in the list of keys.
        twin: Slug of the twin.
        lasts: How long it works should nobody come to revoke it.
        origins: Sites that it is for; pages of this machine if none.
    """
    wanted = checked(
        KeyIn,
        name=name,
        kind="publishable",
        twins=[twin],
        origins=origins or [],
        expires_at=datetime.now(UTC) + lasts,
    )
    key = client.create_key(wanted)
    try:
        yield key.key
    finally:
        client.revoke_key(key.id)


@contextmanager
def until_ended() -> Iterator[threading.Event]:
    """Give what is set when somebody wants the command to end."""
    ended = threading.Event()
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: ended.set()) for number in wanted]
    try:
        yield ended
    finally:
        for number, handler in zip(wanted, before, strict=True):
            signal.signal(number, handler)
