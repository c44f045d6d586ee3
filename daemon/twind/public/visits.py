"""Visits: what a request within a session may do, and what it is told of the session."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from twinctl.wire.codes import ErrorCode
from twinctl.wire.public import PublicMessageOut
from twinctl.wire.widget import SessionOut
from twind.access.origins import Origin
from twind.access.sessions import LIFETIME_S, Session
from twind.domain.keys import ApiKey, Grant, KeyKind, KeyState
from twind.domain.twins import Twin
from twind.errors import NotAllowed, NotAuthenticated, NotFound, TwindError
from twind.public.access import check_origin, grant_for
from twind.public.answers import message_out, twin_out
from twind.public.context import PublicServices
from twind.public.limiting import admit, by_address, by_guesses
from twind.serving.scopes import BearerKey
from twind.store.store import Tenant
from twind.store.twins import no_twin

MESSAGES_SHOWN = 50
_ENDED = {KeyState.EXPIRED: ErrorCode.KEY_EXPIRED, KeyState.REVOKED: ErrorCode.KEY_REVOKED}

Bearer = Annotated[str | None, Depends(BearerKey())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request within a session."""

    session: Session
    tenant: Tenant
    twin: Twin
    key: ApiKey

    @property
    def visitor(self) -> str:
        """Who is at it, for limits: the visitor by name, else the session."""
        return f"{self.key.id} {self.session.visitor}" if self.session.visitor else self.session.id


def publishable_grant(request: Request, bearer: str | None) -> Grant:
    """Return what the publishable key of a page grants.

    Raises:
        NotAuthenticated: There is no key, or it cannot be used.
        NotAllowed: The key is for servers, or for other pages.
        RateLimited: The key or its network asks too often.
    """
    grant = grant_for(request, bearer)
    if grant.key is None or grant.key.kind is not KeyKind.PUBLISHABLE:
        raise NotAllowed(
            "a secret key does not belong into a page, where all can read it; a publishable one "
            "(pk_…) does"
        )
    return grant


def visit_of(
    request: Request, services: PublicServices, twin_id: str, bearer: str | None
) -> Visit:
    """Return the session of a request, with the key that it was begun with.

    Raises:
        NotAuthenticated: The token is no token of a session, or its key has ended.
        NotAllowed: The session belongs to another page.
        NotFound: The session is one with another twin, or the twin is gone.
        RateLimited: Too much is tried in vain.
    """
    try:
        session = services.sessions.read(bearer or "")
    except NotAuthenticated as error:
        is_guess = error.code is not ErrorCode.SESSION_EXPIRED
        admit(request, by_address(request), *([by_guesses(request)] if is_guess else []))
        raise
    try:
        return _visit(request, services, twin_id, session)
    except TwindError:
        admit(request, by_address(request))
        raise


def _visit(request: Request, services: PublicServices, twin_id: str, session: Session) -> Visit:
    tenant, key = _live_key(services, session)
    if session.origin != origin_of(request):
        raise NotAllowed("this session belongs to another page", code=ErrorCode.ORIGIN_REFUSED)
    check_origin(request, key)
    twin = tenant.twins.get(twin_id)
    if twin.id != session.twin_id:
        raise no_twin(twin_id)
    return Visit(session=session, tenant=tenant, twin=twin, key=key)


def session_out(
    services: PublicServices, tenant: Tenant, twin: Twin, session: Session
) -> SessionOut:
    """Return a session with a fresh token, and what was said in it before."""
    conversation = tenant.conversations.of_session(twin.id, session.id)
    messages: Sequence[PublicMessageOut] = ()
    if conversation is not None:
        latest = tenant.conversations.latest(conversation.id, MESSAGES_SHOWN)
        ratings = tenant.audience.ratings(message.id for message in latest)
        messages = [message_out(message, ratings.get(message.id)) for message in latest]
    return SessionOut(
        token=services.sessions.mint(session),
        expires_in=LIFETIME_S,
        twin=twin_out(twin),
        conversation_id=conversation.id if conversation else None,
        messages=list(messages),
    )


def _live_key(services: PublicServices, session: Session) -> tuple[Tenant, ApiKey]:
    """Return the tenant and the key of a session.

    Raises:
        NotAuthenticated: It has ended, and the sessions that it began with it, or it went with
            its tenant.
    """
    ended = "the key of this session has ended"
    try:
        tenant = services.store.tenant(session.tenant_id, session.opener)
        key = tenant.keys.get(session.opener)
    except NotFound as error:
        raise NotAuthenticated(ended, code=ErrorCode.KEY_REVOKED) from error
    state = key.state(time.time())
    if state in _ENDED:
        raise NotAuthenticated(ended, code=_ENDED[state])
    return tenant, key


def origin_of(request: Request) -> str:
    """Return the origin of the page, as it is bound to a session; empty for none."""
    page = Origin.parse(request.headers.get("Origin", ""))
    return str(page) if page else ""
