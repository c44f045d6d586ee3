"""Routes for programs that speak OpenAI's protocol: twins are its models."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from twinctl.wire.codes import ErrorCode
from twinctl.wire.completions import CompletionIn
from twinctl.wire.openai import ApiError, ApiErrorOut, CompletionOut, Model, ModelList
from twind.access.streams import Place
from twind.answer.events import Stage
from twind.answer.service import Turn
from twind.domain.audience import Channel
from twind.domain.keys import Grant, Scope
from twind.domain.twins import Twin
from twind.errors import NotFound, TwindError
from twind.public.asking import asker
from twind.public.completions import Completion, encode, question_of
from twind.public.context import PublicServices, ServicesDep
from twind.public.limiting import admit, by_twin, place_for
from twind.public.words import FAILED
from twind.serving.scopes import GrantDep, needs
from twind.serving.streaming import HEADERS, Frames, stream
from twind.serving.whole import Steps, WholeAnswer
from twind.store.store import Tenant

log = logging.getLogger(__name__)

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], dependencies=[needs(Scope.CHAT)])

_OWNER = "twinctl"


@router.get("/models")
def list_models(services: ServicesDep, grant: GrantDep) -> ModelList:
    """List the twins that the key reaches, newest first."""
    tenant = services.store.tenant(grant.tenant_id, grant.actor)
    return ModelList(
        data=[
            Model(id=twin.slug, created=int(twin.created_at), owned_by=_OWNER)
            for twin in _twins(tenant)
            if grant.reaches(twin.id)
        ]
    )


@router.post("/chat/completions", response_model=CompletionOut)
def complete(
    request: Request, services: ServicesDep, grant: GrantDep, wanted: CompletionIn
) -> object:
    """Answer the last message of the user from the sources of a twin, or refuse."""
    tenant = services.store.tenant(grant.tenant_id, grant.actor)
    twin = _twin(tenant, grant, wanted.model)
    admit(request, by_twin(twin.id))
    place = place_for(request, visitor="", opener=grant.actor)
    with ExitStack() as stack:
        stack.callback(place.leave)
        turn = _begin(request, services, tenant, twin, wanted)
        steps = _placed(services.answers.stream(turn), place)
        next(steps)  # past the entry, so that leaving is sure from here on
        stack.pop_all()
    completion = Completion.begin(wanted, turn)
    if not wanted.stream:
        return WholeAnswer(steps, completion.whole)
    frames = _told(completion.frames(steps))
    return StreamingResponse(stream(frames), media_type="text/event-stream", headers=HEADERS)


def _begin(
    request: Request, services: PublicServices, tenant: Tenant, twin: Twin, wanted: CompletionIn
) -> Turn:
    """Return the turn of a request: a conversation of its own, after what it says came before."""
    question = question_of(wanted)
    who = asker(request, Channel.API, twin, tenant_id=tenant.id, session=tenant.actor)
    turn = services.answers.begin(tenant, twin, question.text, conversation_id=None, asker=who)
    return replace(turn, before=question.before)


def _twin(tenant: Tenant, grant: Grant, model: str) -> Twin:
    """Return the twin that a request calls its model.

    Raises:
        NotFound: There is none, or the key does not reach it.
    """
    unknown = NotFound(
        f"there is no model {model!r}; see /v1/models", code=ErrorCode.MODEL_NOT_FOUND
    )
    try:
        twin = tenant.twins.get(model)
    except NotFound:
        raise unknown from None
    if not grant.reaches(twin.id):
        raise unknown
    return twin


def _twins(tenant: Tenant) -> Iterator[Twin]:
    cursor: str | None = None
    while True:
        page = tenant.twins.list(cursor=cursor)
        yield from page
        cursor = page.next_cursor
        if cursor is None:
            return


def _placed(steps: Steps, place: Place) -> Steps:
    """Yield a sign that an answer begins, and then the answer; leave its place at the end."""
    try:
        with closing(steps):
            yield Stage(name="searching")
            yield from steps
    finally:
        place.leave()


def _told(frames: Frames) -> Frames:
    """Yield an answer, or the failure that ended it."""
    try:
        with closing(frames):
            yield from frames
    except TwindError as error:
        yield _failure(error.code)
    except Exception:
        log.exception("an answer failed on the way")
        yield _failure(ErrorCode.INTERNAL)


def _failure(code: ErrorCode) -> bytes:
    return encode(ApiErrorOut(error=ApiError(message=FAILED, type="server_error", code=code)))
