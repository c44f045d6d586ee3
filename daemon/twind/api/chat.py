"""Routes of chat: an answer as one document or as a stream of events."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from twinctl.wire.answers import AnswerOut, ChatIn
from twind.api.context import ScopeDep, ServicesDep
from twind.domain.audience import OWNER, Asker, Channel
from twind.domain.keys import Grant, Scope
from twind.serving.answers import chat_events, reply_out
from twind.serving.scopes import needs
from twind.serving.streaming import HEADERS, server_sent_events
from twind.serving.whole import WholeAnswer

router = APIRouter(tags=["chat"])
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events, or one answer"}
}


@router.post(
    "/chat/{twin_id}",
    response_model=AnswerOut,
    responses=STREAM,
    dependencies=[needs(Scope.CHAT)],
)
def chat(scope: ScopeDep, services: ServicesDep, question: ChatIn) -> object:
    """Answer a message from the sources of a twin, or refuse."""
    turn = services.answers.begin(
        scope.tenant,
        scope.twin,
        question.message,
        conversation_id=question.conversation_id,
        asker=_asker(scope.grant),
    )
    if not question.stream:
        return WholeAnswer(services.answers.stream(turn), reply_out)
    stream = server_sent_events(chat_events(services.answers.stream(turn), turn))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


def _asker(grant: Grant) -> Asker:
    """Return the owner, or a key, which goes on with its own conversations only."""
    if grant.key is None:
        return OWNER
    return Asker(channel=Channel.API, session=grant.key.id)
