"""Routes of share links: the page, the session that it begins, and what is asked in it."""

from collections.abc import Generator
from contextlib import ExitStack, closing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from twinctl.wire.shares import ShareOpened
from twinctl.wire.widget import WidgetIn
from twind.access.sessions import Session
from twind.access.shares import Opened, Shares
from twind.answer.events import AnswerEvent, Reply
from twind.answer.service import Turn
from twind.domain.audience import Channel
from twind.domain.metrics import Rating
from twind.errors import TwindError
from twind.public.answers import streamed, twin_out
from twind.public.asking import asker
from twind.public.context import PublicServices, ServicesDep
from twind.public.limiting import admit, by_twin, by_visitor, place_for
from twind.public.share_page import closed_page, open_page
from twind.public.share_visit import OpenedDep, Visit, begun_or_resumed, opened_of, visit_of
from twind.public.visits import session_out
from twind.public.widget import STREAM
from twind.serving.problems import status_of
from twind.serving.scopes import OPEN_TO_ALL
from twind.serving.times import moment_or_none

router = APIRouter(tags=["share links"], dependencies=[OPEN_TO_ALL])


@router.get("/share/{twin_id}/{token}", include_in_schema=False)
def page(request: Request, services: ServicesDep, twin_id: str, token: str) -> Response:
    """Return the page on which a visitor talks to the twin, or one that says why not."""
    try:
        opened = opened_of(request, services, twin_id, token)
    except TwindError as error:
        return closed_page(error, status_of(error.code))
    return open_page(opened.twin, token)


@router.get("/public/validate-share/{twin_id}/{token}")
def validate(
    services: ServicesDep,
    opened: OpenedDep,
    session: Annotated[Session | None, Depends(begun_or_resumed)],
) -> ShareOpened:
    """Begin a session over a link, or go on with an earlier one, whose token is shown."""
    if session is None:
        return _told(opened, needs_passcode=True)
    begun = session_out(services, opened.tenant, opened.twin, session)
    return _told(opened, **begun.model_dump(exclude={"twin"}))


@router.post("/public/chat/{twin_id}/{token}", responses=STREAM, response_class=StreamingResponse)
def ask(
    request: Request,
    services: ServicesDep,
    said: WidgetIn,
    visit: Annotated[Visit, Depends(visit_of)],
) -> Response:
    """Answer a question as events, or note what the visitor thinks of an answer."""
    admit(request, by_visitor(visit.session.id), by_twin(visit.opened.twin.id))
    if said.message is None:
        rating = Rating(said.feedback) if said.feedback else None
        services.rate(visit.opened.tenant, said.message_id or "", rating, visit.session.id)
        return Response(status_code=204)
    place = place_for(request, visitor=visit.session.id, opener=visit.opened.share.id)
    try:
        turn = _begin(request, services, visit, said.message, said.conversation_id)
    except BaseException:
        place.leave()
        raise
    steps = _counted(services.answers.stream(turn), services.shares, visit.opened)
    return streamed(steps, turn, place)


def _begin(
    request: Request,
    services: PublicServices,
    visit: Visit,
    message: str,
    conversation_id: str | None,
) -> Turn:
    """Count a question and begin its turn; it is not counted where that fails."""
    opened = visit.opened
    services.shares.take_question(opened)
    try:
        return services.answers.begin(
            opened.tenant,
            opened.twin,
            message,
            conversation_id=conversation_id,
            asker=asker(
                request,
                Channel.SHARE,
                opened.twin,
                tenant_id=opened.tenant.id,
                session=visit.session.id,
            ),
        )
    except BaseException:
        services.shares.give_back(opened)
        raise


def _counted(
    steps: Generator[AnswerEvent, None, None], shares: Shares, opened: Opened
) -> Generator[AnswerEvent, None, None]:
    """Yield what is answered; a question that fails inside is not counted.

    One whose visitor leaves in the middle of the answer is.
    """
    with closing(steps), ExitStack() as taken:
        taken.callback(shares.settle, opened)
        try:
            for step in steps:
                if isinstance(step, Reply):  # before anybody hears that the answer is complete
                    taken.close()
                yield step
        except Exception:
            taken.pop_all()
            shares.give_back(opened)
            raise


def _told(opened: Opened, **session: Any) -> ShareOpened:
    return ShareOpened(
        twin=twin_out(opened.twin),
        questions_left=opened.share.questions_left,
        expires_at=moment_or_none(opened.share.expires_at),
        **session,
    )
