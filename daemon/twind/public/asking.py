"""Who asks: the address behind proxies, and what is noted of a visitor."""

from urllib.parse import urlsplit

from fastapi import Request

from twind.domain.audience import Asker, Channel
from twind.domain.twins import Twin
from twind.public.context import services_in

NAMED = "named:"
"""Begins what a visitor goes by whom the site names."""


def address_of(request: Request) -> str:
    """Return the address of the visitor; it is used now and written down nowhere."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.getlist("X-Forwarded-For")
    return services_in(request).site.forwarding.client(peer, forwarded)


def asker(
    request: Request,
    channel: Channel,
    twin: Twin,
    *,
    tenant_id: str,
    session: str = "",
    name: str = "",
) -> Asker:
    """Return who asks, as it is noted.

    Args:
        request: The request.
        channel: The way that it came.
        twin: The twin that is asked.
        tenant_id: Tenant of the twin.
        session: What the conversation belongs to.
        name: Whom the site says that it is; passed over where the person wants no trace.
    """
    visitor, is_counted = services_in(request).pseudonym(
        tenant_id,
        twin.id,
        address_of(request),
        request.headers.get("User-Agent", ""),
        request.headers,
    )
    return Asker(
        channel=channel,
        session=session,
        visitor=f"{NAMED}{name}" if name and visitor else visitor,
        origin_host=urlsplit(request.headers.get("Origin", "")).hostname or "",
        is_counted=is_counted,
    )
