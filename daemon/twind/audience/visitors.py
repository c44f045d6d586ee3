"""Pseudonyms that tell visitors apart for a day and cannot be traced back to anybody.

A pseudonym is a keyed hash of the address and the browser. The key is random, good for one day and
deleted two days after it began, and with it goes every way to tell whose a pseudonym was.
"""

import hashlib
import hmac
import ipaddress
import json
import threading
import time
from collections.abc import Callable, Mapping

from twind.audience.bots import is_bot
from twind.domain.metrics import day_of
from twind.store.store import Store

_NO_TRACE = ("dnt", "sec-gpc")
"""Do Not Track and Global Privacy Control."""
_LIFE_DAYS = 2
_NETWORK_BITS = 64
"""What stays of an IPv6 address; the rest changes by itself during a day."""
_LENGTH = 32


class Visitors:
    """Makes pseudonyms of visitors."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._salt: tuple[int, bytes] | None = None

    def pseudonym(
        self,
        tenant_id: str,
        twin_id: str,
        address: str,
        user_agent: str,
        headers: Mapping[str, str],
    ) -> tuple[str, bool]:
        """Return what a visitor of a twin goes by today, and whether it counts as a visitor.

        The pseudonym is empty for who wants no trace, and for a bot, which does not count.

        Args:
            tenant_id: Whose twin it is.
            twin_id: The twin; another one's visitors have other pseudonyms.
            address: Where the request came from.
            user_agent: What the browser calls itself.
            headers: Of the request, by small names.
        """
        if is_bot(user_agent):
            return "", False
        if wants_no_trace(headers):
            return "", True
        known = json.dumps([tenant_id, twin_id, _place(address), user_agent])
        digest = hmac.new(self._today(), known.encode(), hashlib.sha256).hexdigest()
        return f"vis_{digest[:_LENGTH]}", True

    def drop_salts(self) -> int:
        """Delete the salts of days that began more than 48 hours ago; return how many."""
        today = day_of(self._clock())
        with self._lock:
            if self._salt is not None and self._salt[0] < today:
                self._salt = None
        return self._store.salts.drop_before(today - _LIFE_DAYS + 1)

    def _today(self) -> bytes:
        today = day_of(self._clock())
        with self._lock:
            if self._salt is None or self._salt[0] != today:
                self._salt = today, self._store.salts.of_day(today)
            return self._salt[1]


def wants_no_trace(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser says that its user does not want to be told apart."""
    return any(headers.get(name, "").strip() == "1" for name in _NO_TRACE)


def _place(address: str) -> str:
    """Return the network of an IPv6 address, any other as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        if mapped is not None:
            return str(mapped)
        return str(ipaddress.ip_network((int(parsed), _NETWORK_BITS), strict=False))
    return str(parsed)
