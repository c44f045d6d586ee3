"""What each route asks for: one scope, or nothing. A route says it among its dependencies.

An application sets `app.state.grant`, which turns a request and the key in it into a `Grant` or
refuses; `needs(…)` then holds the grant against the scope.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.models import HTTPBearer
from fastapi.security import SecurityScopes
from fastapi.security.base import SecurityBase

from twind.domain.keys import Grant, Scope
from twind.errors import NotAllowed, NotAuthenticated

GrantOf = Callable[[Request, str | None], Grant]
"""Returns what a request may do; it is handed the key that the request shows, if any."""


class Reach(StrEnum):
    """What a route touches beyond the twin that it names."""

    TWIN = "twin"
    TENANT = "tenant"
    """The whole tenant; keys for some twins of it may not."""
    MACHINE = "machine"
    """All tenants; only the owner may, no key."""


class BearerKey(SecurityBase):
    """The key that a request shows in its header `Authorization`."""

    def __init__(self) -> None:
        self.model = HTTPBearer(description="A key of `twinctl keys create`")
        self.scheme_name = "key"

    async def __call__(self, request: Request) -> str | None:
        """Return the key; None where the request has no such header.

        Raises:
            NotAuthenticated: There is such a header, but no key in it.
        """
        given = request.headers.getlist("Authorization")
        if not given:
            return None
        scheme, _, key = given[0].partition(" ")
        if len(given) > 1 or scheme.lower() != "bearer" or not key.strip():
            raise NotAuthenticated(
                "the header Authorization holds no key", hint="send: Authorization: Bearer KEY"
            )
        return key.strip()


async def grant_of(request: Request, key: Annotated[str | None, Depends(BearerKey())]) -> Grant:
    """Return what the request may do; only a key has to be looked up.

    Raises:
        NotAuthenticated: It shows no key that can be used where one is needed.
    """
    known: Grant | None = getattr(request.state, "grant", None)
    if known is None:  # else the scope and the route, which both ask, would count it twice
        look_up = cast("GrantOf", request.app.state.grant)
        known = await run_in_threadpool(look_up, request, key) if key else look_up(request, key)
        request.state.grant = known
    return known


GrantDep = Annotated[Grant, Depends(grant_of)]


@dataclass(frozen=True, slots=True)
class Check:
    """Holds what a request may do against what the route asks for."""

    reach: Reach

    async def __call__(self, wanted: SecurityScopes, grant: GrantDep) -> None:
        """Let the request pass.

        Raises:
            NotAllowed: The key lacks the scope, or what the route touches is out of its reach.
        """
        for scope in wanted.scopes:
            if not grant.may(Scope(scope)):
                raise NotAllowed(
                    f"this key lacks the scope {scope}",
                    hint=f"make one that has it: twinctl keys create --scope {scope}",
                )
        if self.reach is Reach.MACHINE and grant.key is not None:
            raise NotAllowed("this is for the owner of the machine, who needs no key")
        if self.reach is Reach.TENANT and grant.twins:
            raise NotAllowed("this key is for some twins only")


async def open_to_all() -> None:
    """Say that a route asks for no scope; it may still ask for a token of its own."""


def needs(scope: Scope, reach: Reach = Reach.TWIN) -> Any:
    """Return the dependency of a route that asks for a scope."""
    return Security(Check(reach), scopes=[scope])


OPEN_TO_ALL: Any = Depends(open_to_all)
