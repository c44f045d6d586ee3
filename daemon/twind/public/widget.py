"""Routes of the widget: its script, sessions, and what is asked in them."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from twinctl.wire.widget import SessionIn, SessionOut, WidgetIn
from twind.access.sessions import RESUMABLE_S, Session, new_session_id
from twind.domain.audience import Channel
from twind.domain.metrics import Rating
from twind.public import assets
from twind.public.answers import streamed
from twind.public.asking import asker
from twind.public.context import PublicServices, ServicesDep
from twind.public.limiting import (
    admit,
    by_address,
    by_key,
    by_twin,
    by_visitor,
    place_for,
)
from twind.public.visits import Bearer, Visit, origin_of, publishable_grant, session_out, visit_of
from twind.serving.scopes import OPEN_TO_ALL
from twind.store.twins import no_twin

router = APIRouter(tags=["widget"], dependencies=[OPEN_TO_ALL])

SCRIPT_KEPT_S = 300
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events of an answer"},
    204: {"description": "The opinion was noted"},
}


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


@router.post("/chat-widget/{twin_id}/session")
def begin_session(
    request: Request,
    services: ServicesDep,
    twin_id: str,
    bearer: Bearer,
    wanted: SessionIn | None = None,
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
        origin=origin_of(request),
    )
    return session_out(
        services, tenant, twin, _begun_or_resumed(services, wanted or SessionIn(), begun)
    )


def _begun_or_resumed(services: PublicServices, wanted: SessionIn, begun: Session) -> Session:
    """Return the session of an earlier token if it is one of the same page and visitor.

    A page that stays open names its visitor by the same token for as long. Once that has expired
    it begins nothing any more, but goes on with what was begun with it.

    Raises:
        NotAllowed: The site does not say who its visitor is in a token that can be used.
    """
    if not wanted.visitor:
        return services.sessions.resumed(wanted.resume, begun)
    name = services.named.read(begun.opener, wanted.visitor, over_s=RESUMABLE_S)
    theirs = replace(begun, visitor=name)
    session = services.sessions.resumed(wanted.resume, theirs)
    if session is theirs:
        services.named.read(begun.opener, wanted.visitor)
    return session


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
