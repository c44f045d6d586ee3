"""What a request of a visitor or a server may do: its key, and the page that it comes from."""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import Scope

from twinctl.wire.codes import ErrorCode
from twind.access.origins import allowed
from twind.domain.keys import ApiKey, Grant, KeyKind
from twind.errors import NotAllowed, NotAuthenticated
from twind.public.context import PublicServices, services_in
from twind.public.limiting import admit, by_address, by_guesses, by_key

COMPLETIONS = "/v1/chat/completions"


def grant_for(request: Request, presented: str | None) -> Grant:
    """Return what the key of a request grants.

    Raises:
        NotAuthenticated: There is no key, or it cannot be used.
        NotAllowed: The key is not for the page that asks.
        RateLimited: The key asks too often, or the network of a page's visitor does. All that a
            server asks comes from one address, and is limited by its key alone.
    """
    if presented is None:
        raise NotAuthenticated("a key is needed")
    try:
        grant = services_in(request).keys.authenticate(presented)
    except NotAuthenticated:
        admit(request, by_address(request), by_guesses(request))
        raise
    assert grant.key is not None  # noqa: S101 - a key was authenticated
    is_of_a_page = grant.key.kind is KeyKind.PUBLISHABLE
    admit(request, by_key(grant.key), *([by_address(request)] if is_of_a_page else []))
    check_origin(request, grant.key)
    return grant


def tells_a_history(scope: Scope, services: PublicServices) -> bool:
    """Return whether a request with a key that can be used sends a conversation along."""
    scheme, _, presented = Headers(scope=scope).get("Authorization", "").partition(" ")
    if scope["path"] != COMPLETIONS or scheme.lower() != "bearer":
        return False
    try:
        services.keys.authenticate(presented.strip())
    except NotAuthenticated:
        return False
    return True


def check_origin(request: Request, key: ApiKey) -> None:
    """Let a page pass that a key is for; a publishable key is for pages alone.

    Raises:
        NotAllowed: It is for others.
    """
    origin = request.headers.get("Origin")
    if origin is None and key.kind is KeyKind.SECRET:
        return
    if origin is None or not allowed(origin, key.origins):
        whose = ", ".join(key.origins) or "pages of this machine (localhost)"
        raise NotAllowed(
            f"this key is for {whose}, not for {origin or 'programs'}",
            code=ErrorCode.ORIGIN_REFUSED,
        )
