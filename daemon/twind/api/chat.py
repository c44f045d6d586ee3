"""Routes of chat: an answer as one document or as a stream of events."""

import logging
from collections.abc import Generator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from twinctl.wire.answers import AnswerOut, ChatEvent, ChatIn
from twinctl.wire.codes import ErrorCode
from twind.answer.events import AnswerEvent, Delta, Refused, Reply, Stage
from twind.answer.service import Turn
from twind.api.context import ScopeDep, ServicesDep
from twind.api.locators import citation_out, claim_out
from twind.api.streaming import HEADERS, server_sent_events
from twind.domain.answers import Citation
from twind.errors import TwindError

log = logging.getLogger(__name__)

router = APIRouter(tags=["chat"])
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events, or one answer"}
}


@router.post("/chat/{twin_id}", response_model=AnswerOut, responses=STREAM)
def chat(scope: ScopeDep, services: ServicesDep, question: ChatIn) -> object:
    """Answer a message from the sources of a twin, or refuse."""
    turn = services.answers.begin(
        scope.tenant, scope.twin, question.message, conversation_id=question.conversation_id
    )
    if not question.stream:
        return reply_out(services.answers.answer(turn))
    stream = server_sent_events(_events(services.answers.stream(turn), turn))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


def reply_out(reply: Reply) -> AnswerOut:
    """Return an answer as it travels."""
    answer = reply.answer
    return AnswerOut(
        answer=answer.text,
        answered=answer.answered,
        refusal_reason=answer.refusal_reason,
        confidence=answer.confidence,
        citations=[citation_out(citation) for citation in answer.citations],
        claims=[claim_out(claim) for claim in answer.claims],
        generator=reply.generator,
        notice=answer.notice,
        conversation_id=reply.conversation_id,
        took_ms=reply.took_ms,
        question=reply.question,
    )


def _events(
    steps: Generator[AnswerEvent, None, None], turn: Turn
) -> Generator[ChatEvent, None, None]:
    """Yield the events of an answer; a failure on the way is the last of them."""
    yield ChatEvent(
        event="meta",
        data={"conversation_id": turn.conversation_id, "message_id": turn.message_id},
    )
    try:
        for step in steps:
            yield _event(step)
    except TwindError as error:
        yield ChatEvent(event="error", data={"code": error.code, "message": error.message})
    except Exception:
        log.exception("an answer failed on the way")
        message = "something went wrong inside the daemon"
        yield ChatEvent(event="error", data={"code": ErrorCode.INTERNAL, "message": message})
    finally:
        steps.close()


def _event(step: AnswerEvent) -> ChatEvent:
    match step:
        case Stage():
            completed = {"question": step.question} if step.question else {}
            return ChatEvent(event="status", data={"stage": step.name, **completed})
        case Delta():
            return ChatEvent(event="delta", data={"text": step.text})
        case Refused():
            return ChatEvent(
                event="refusal", data={"reason": step.reason, "message": step.message}
            )
        case Citation():
            return ChatEvent(
                event="citation", data=citation_out(step).model_dump(exclude_none=True)
            )
        case Reply():
            return ChatEvent(event="done", data=_done(step))


def _done(reply: Reply) -> dict[str, object]:
    notice = reply.answer.notice
    return {
        "answered": reply.answer.answered,
        "took_ms": reply.took_ms,
        "generator": reply.generator,
        **({"notice": notice} if notice else {}),
    }
