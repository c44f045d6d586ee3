"""What a public route works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Annotated, Self, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from twind.access.keys import Keys
from twind.access.limits import Limits
from twind.access.named import NamedVisitors
from twind.access.sessions import Sessions
from twind.access.shares import Shares
from twind.access.streams import Streams
from twind.answer.service import AnswerService
from twind.domain.metrics import Rating
from twind.domain.origins import NotAnOrigin, origin_pattern
from twind.errors import InvalidInput
from twind.public.forwarding import Forwarding
from twind.store.store import Store, Tenant

Pseudonym = Callable[[str, str, str, str, Mapping[str, str]], tuple[str, bool]]
"""Returns what a visitor goes by today and whether it counts; see `Visitors.pseudonym`."""

Rate = Callable[[Tenant, str, Rating | None, str], None]
"""Rates an answer that was given in a session; see `Collector.rate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """How visitors reach this machine.

    Attributes:
        url: The address that they know it by, without a slash at its end; empty where they use
            that of the listener.
        origin: Of that address, as browsers send it; empty where there is none.
        forwarding: Through which reverse proxies they come.
    """

    url: str = ""
    origin: str = ""
    forwarding: Forwarding = field(default_factory=Forwarding)

    @classmethod
    def parse(cls, url: str, proxies: str) -> Self:
        """Return a site from the text of the settings.

        Raises:
            InvalidInput: The address is none of the web, or a proxy is no address or network.
        """
        try:
            origin = _origin(url) if url else ""
        except ValueError as error:
            raise InvalidInput(
                f"public.url is no address that visitors could know: {error}",
                hint="twinctl config set public.url https://twin.example.com",
            ) from error
        try:
            networks = tuple(ip_network(each) for each in proxies.replace(",", " ").split())
        except ValueError as error:
            raise InvalidInput(
                f"public.proxies: {error}", hint="twinctl config set public.proxies 10.0.0.2"
            ) from error
        return cls(url=url.rstrip("/"), origin=origin, forwarding=Forwarding(networks))

    @property
    def host(self) -> str:
        """The host name of its address, in small letters; empty where there is none."""
        return urlsplit(self.origin).hostname or ""


def _origin(url: str) -> str:
    """Return the origin of an address to which paths can be added.

    Raises:
        ValueError: It is none, or stands for several.
    """
    parts = urlsplit(url)
    if parts.query or parts.fragment or "*" in parts.netloc:
        raise NotAnOrigin(f"{url} is not the beginning of one address")
    return origin_pattern(f"{parts.scheme}://{parts.netloc}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicServices:
    """What `main` built for the routes that visitors reach."""

    store: Store
    answers: AnswerService
    keys: Keys
    shares: Shares
    sessions: Sessions
    named: NamedVisitors
    limits: Limits
    streams: Streams
    pseudonym: Pseudonym
    rate: Rate
    site: Site


async def services_of(request: Request) -> PublicServices:
    """Return the services of the application."""
    return cast("PublicServices", request.app.state.services)


ServicesDep = Annotated[PublicServices, Depends(services_of)]


def services_in(request: Request) -> PublicServices:
    """Return the services of the application, outside of a route's parameters."""
    return cast("PublicServices", request.app.state.services)
