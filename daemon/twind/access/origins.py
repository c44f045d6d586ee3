"""Which pages may use a key: the one rule for origins.

An origin is a scheme, a host and a port, as a browser states them of the page that asks. It is a
courtesy of browsers and stops other sites from using a key in front of their visitors; a program
can state what it likes, which is why there are limits besides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self

_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9_*.-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE | re.ASCII,
)
_PORTS = {"http": 80, "https": 443}
_LARGEST_PORT = 65_535
_ANY_SUBDOMAIN = "*."


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An origin, or a pattern of some whose host begins with `*.`; all in small letters."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the origin that a text states; None where it states none, as `null` does."""
        found = _ORIGIN.fullmatch(text)
        if found is None:
            return None
        scheme = found["scheme"].lower()
        port = int(found["port"] or _PORTS[scheme])
        if not 0 < port <= _LARGEST_PORT:
            return None
        return cls(scheme=scheme, host=found["host"].lower(), port=port)

    def __str__(self) -> str:
        is_usual = self.port == _PORTS[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if is_usual else f":{self.port}")

    def is_loopback(self) -> bool:
        """Return whether the page comes from the very machine that shows it."""
        return is_loopback(self.host)

    def matches(self, pattern: "Origin") -> bool:
        """Return whether a pattern means this origin."""
        if (self.scheme, self.port) != (pattern.scheme, pattern.port) or "*" in self.host:
            return False
        if pattern.host.startswith(_ANY_SUBDOMAIN):
            return self.host.endswith(pattern.host[1:]) and self.host[0] != "."
        return self.host == pattern.host


def allowed(origin: str, patterns: Sequence[str]) -> bool:
    """Return whether pages of an origin may use what is for the pages of these patterns.

    Without any pattern only pages of loopback may. `null` and what is no origin never may.
    """
    page = Origin.parse(origin)
    if page is None:
        return False
    if not patterns:
        return page.is_loopback()
    known = (Origin.parse(pattern) for pattern in patterns)
    return any(page.matches(pattern) for pattern in known if pattern is not None)


def is_loopback(host: str) -> bool:
    """Return whether a host name or address in small letters is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
