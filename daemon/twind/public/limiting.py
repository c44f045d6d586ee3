"""How often visitors may ask, and how they are told."""

from math import ceil
from typing import Any

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twind.access.limits import of_key, too_often
from twind.access.streams import Holder, Place
from twind.domain.addresses import prefix_of
from twind.domain.keys import ApiKey
from twind.domain.limits import Allowance, Bucket, tightest
from twind.domain.shares import Share
from twind.public.asking import address_of
from twind.public.context import services_in

KEY_A_MINUTE = 600
"""Of a key that says nothing else."""
VISITOR_A_MINUTE = 20
ADDRESSES_A_MINUTE = 120
"""Of the addresses of one network, which may be those of one visitor."""
TWIN_A_MINUTE = 1200
GUESSES_A_MINUTE = 20
SHARE_A_MINUTE = 300
WRONG_OF_ADDRESSES_A_MINUTE = 5
"""Wrong passcodes of a share link, that come from one network."""
WRONG_AGAIN_A_MINUTE = 20
"""From all networks that were wrong a short while ago."""
WRONG_AT_FIRST_A_MINUTE = 60
"""From all others: whoever would use them up, to lock the link for everybody, needs as many."""

_VISITOR_STREAMS = 2
_ADDRESSES_STREAMS = 20
_KEY_STREAMS = 200


def by_address(request: Request) -> Bucket:
    """Limit the network that a request comes from."""
    return Bucket(name=f"address {_network(request)}", per_minute=ADDRESSES_A_MINUTE)


def by_guesses(request: Request) -> Bucket:
    """Limit the keys and tokens that a network tries in vain."""
    return Bucket(name=f"guesses {_network(request)}", per_minute=GUESSES_A_MINUTE)


def by_key(key: ApiKey) -> Bucket:
    """Limit a key, to what its owner chose if anything."""
    return of_key(key, key.requests_per_minute or KEY_A_MINUTE)


def by_share(share: Share) -> Bucket:
    """Limit a share link, whoever has it."""
    return Bucket(name=f"share {share.id}", per_minute=SHARE_A_MINUTE)


def by_passcodes(request: Request, share: Share) -> tuple[Bucket, Bucket]:
    """Limit the passcodes that are tried at a share link: by one network, and by all of them.

    What networks that were wrong before leave over is nothing that others wait for.
    """
    network = Bucket(
        name=f"passcodes {share.id} {_network(request)}", per_minute=WRONG_OF_ADDRESSES_A_MINUTE
    )
    if services_in(request).limits.is_full(network):
        first = f"first passcodes {share.id}"
        return network, Bucket(name=first, per_minute=WRONG_AT_FIRST_A_MINUTE)
    return network, Bucket(name=f"passcodes {share.id}", per_minute=WRONG_AGAIN_A_MINUTE)


def by_visitor(visitor: str) -> Bucket:
    """Limit a session, or a visitor with a name."""
    return Bucket(name=f"visitor {visitor}", per_minute=VISITOR_A_MINUTE)


def by_twin(twin_id: str) -> Bucket:
    """Limit a twin, whoever asks it."""
    return Bucket(name=f"twin {twin_id}", per_minute=TWIN_A_MINUTE)


def admit(request: Request, *buckets: Bucket) -> None:
    """Let a request pass that is within all of its limits.

    Raises:
        RateLimited: It is not; nothing was taken from any of them.
    """
    allowance = services_in(request).limits.take(buckets)
    before: Allowance | None = getattr(request.state, "allowance", None)
    if before is None or not allowance.is_granted:
        request.state.allowance = allowance
    else:
        request.state.allowance = tightest((before, allowance))
    if not allowance.is_granted:
        raise too_often(allowance)


def place_for(request: Request, *, visitor: str, opener: str) -> Place:
    """Return a place for an answer that is told bit by bit.

    Args:
        request: The request.
        visitor: The session, or the visitor with a name; empty for a server.
        opener: The key or share link that lets ask.

    Raises:
        RateLimited: The visitor, the network or the opener has as many already as it may.
        Overloaded: There are too many in all.
    """
    holders = [Holder(name=f"opener {opener}", most=_KEY_STREAMS)]
    if visitor:
        holders.append(Holder(name=f"visitor {visitor}", most=_VISITOR_STREAMS))
        holders.append(Holder(name=f"address {_network(request)}", most=_ADDRESSES_STREAMS))
    return services_in(request).streams.enter(holders)


class LimitHeaders:
    """ASGI middleware that tells whoever was let in, or was not, what the limits leave."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        state: dict[str, Any] = scope.setdefault("state", {})

        async def send_more(message: Message) -> None:
            allowance = state.get("allowance")
            if message["type"] == "http.response.start" and allowance is not None:
                MutableHeaders(scope=message).update(_told(allowance))
            await send(message)

        await self._app(scope, receive, send_more)


def _told(allowance: Allowance) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": str(ceil(allowance.reset_s)),
    }


def _network(request: Request) -> str:
    return prefix_of(address_of(request))
