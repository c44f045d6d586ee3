"""Routes of the widget: its script, sessions, and what is asked in them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from twinctl.wire.codes import ErrorCode
from twinctl.wire.public import PublicMessageOut
from twinctl.wire.widget import SessionIn, SessionOut, WidgetIn
from twind.access.origins import Origin
from twind.access.sessions import LIFETIME_S, Session, new_session_id
from twind.domain.audience import Channel
from twind.domain.keys import ApiKey, Grant, KeyKind, KeyState
from twind.domain.metrics import Rating
from twind.domain.twins import Twin
from twind.errors import NotAllowed, NotAuthenticated, NotFound
from twind.public import assets
from twind.public.access import check_origin, grant_for
from twind.public.answers import message_out, streamed, twin_out
from twind.public.asking import asker
from twind.public.context import PublicServices, ServicesDep
from twind.public.limiting import (
    admit,
    by_address,
    by_guesses,
    by_key,
    by_twin,
    by_visitor,
    place_for,
)
from twind.serving.scopes import OPEN_TO_ALL, BearerKey
from twind.store.store import Tenant
from twind.store.twins import no_twin

router = APIRouter(tags=["widget"], dependencies=[OPEN_TO_ALL])

SCRIPT_KEPT_S = 300
MESSAGES_SHOWN = 50
_ENDED = {KeyState.EXPIRED: ErrorCode.KEY_EXPIRED, KeyState.REVOKED: ErrorCode.KEY_REVOKED}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events of an answer"},
    204: {"description": "The opinion was noted"},
}

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


@router.get("/widget.js")
def script(request: Request) -> Response:
    """Return the widget."""
    asset = assets.widget()
    headers = {
        "ETag": asset.etag,
        "Cache-Control": f"public, max-age={SCRIPT_KEPT_S}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    if asset.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(asset.body, media_type=assets.MEDIA_TYPE, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(asset.gzipped, media_type=assets.MEDIA_TYPE, headers=headers)


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
            "a secret key does not belong into a page; whoever reads the page has it",
            hint="revoke it and make another: twinctl keys create --kind publishable",
        )
    return grant


@router.post("/chat-widget/{twin_id}/session")
def begin_session(
    request: Request,
    services: ServicesDep,
    twin_id: str,
    wanted: SessionIn,
    bearer: Bearer,
) -> SessionOut:
    """Begin a session of a page's visitor, or go on with an earlier one."""
    grant = publishable_grant(request, bearer)
    assert grant.key is not None  # noqa: S101 - see publishable_grant
    tenant = services.store.tenant(grant.tenant_id, grant.actor)
    twin = tenant.twins.get(twin_id)
    if not grant.reaches(twin.id):
        raise no_twin(twin_id)
    begun = Session(
        id=new_session_id(),
        tenant_id=tenant.id,
        twin_id=twin.id,
        opener=grant.key.id,
        origin=_origin(request),
        visitor=services.named.read(grant.key.id, wanted.visitor) if wanted.visitor else "",
    )
    session = services.sessions.resumed(wanted.resume, begun)
    return session_out(services, tenant, twin, session)


def visit_of(
    request: Request, services: PublicServices, twin_id: str, bearer: str | None
) -> Visit:
    """Return the session of a request, with the key that it was begun with.

    Raises:
        NotAuthenticated: The token is no token of a session, or its key has ended.
        NotAllowed: The session belongs to another page.
        NotFound: The session is one with another twin, or the twin is gone.
        RateLimited: Too many tokens are tried in vain.
    """
    try:
        session = services.sessions.read(bearer or "")
    except NotAuthenticated as error:
        is_guess = error.code is not ErrorCode.SESSION_EXPIRED
        admit(request, by_address(request), *([by_guesses(request)] if is_guess else []))
        raise
    tenant, key = _live_key(services, session)
    if session.origin != _origin(request):
        raise NotAllowed("this session belongs to another page", code=ErrorCode.ORIGIN_REFUSED)
    check_origin(request, key)
    twin = tenant.twins.get(twin_id)
    if twin.id != session.twin_id:
        raise no_twin(twin_id)
    return Visit(session=session, tenant=tenant, twin=twin, key=key)


@router.post("/chat-widget/{twin_id}", responses=STREAM, response_class=StreamingResponse)
def ask(
    request: Request,
    services: ServicesDep,
    twin_id: str,
    said: WidgetIn,
    bearer: Bearer,
) -> Response:
    """Answer a question as events, or note what the visitor thinks of an answer."""
    visit = visit_of(request, services, twin_id, bearer)
    admit(
        request,
        by_address(request),
        by_key(visit.key),
        by_visitor(visit.visitor),
        by_twin(visit.twin.id),
    )
    if said.message is None:
        _rate(services, visit, said)
        return Response(status_code=204)
    return _answered(request, services, visit, said.message, said.conversation_id)


def session_out(
    services: PublicServices, tenant: Tenant, twin: Twin, session: Session
) -> SessionOut:
    """Return a session with a fresh token, and what was said in it before."""
    conversation = tenant.conversations.of_session(twin.id, session.id)
    messages: Sequence[PublicMessageOut] = ()
    if conversation is not None:
        latest = tenant.conversations.latest(conversation.id, MESSAGES_SHOWN)
        messages = [message_out(message) for message in latest]
    return SessionOut(
        token=services.sessions.mint(session),
        expires_in=LIFETIME_S,
        twin=twin_out(twin),
        conversation_id=conversation.id if conversation else None,
        messages=list(messages),
    )


def _answered(
    request: Request,
    services: PublicServices,
    visit: Visit,
    message: str,
    conversation_id: str | None,
) -> StreamingResponse:
    place = place_for(request, visitor=visit.visitor, opener=visit.key.id)
    try:
        turn = services.answers.begin(
            visit.tenant,
            visit.twin,
            message,
            conversation_id=conversation_id,
            asker=asker(
                request,
                Channel.WIDGET,
                visit.twin,
                tenant_id=visit.tenant.id,
                session=visit.session.id,
                name=visit.session.visitor,
            ),
        )
    except BaseException:
        place.leave()
        raise
    return streamed(services.answers.stream(turn), turn, place)


def _rate(services: PublicServices, visit: Visit, said: WidgetIn) -> None:
    rating = Rating(said.feedback) if said.feedback else None
    services.rate(visit.tenant, said.message_id or "", rating, visit.session.id)


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


def _origin(request: Request) -> str:
    """Return the origin of the page, as it is bound to a session; empty for none."""
    page = Origin.parse(request.headers.get("Origin", ""))
    return str(page) if page else ""
