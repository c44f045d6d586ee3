"""Answers on the wire: as one document, or event by event."""

import logging
from collections.abc import Callable, Generator

from twinctl.wire.answers import AnswerOut, ChatEvent
from twinctl.wire.codes import ErrorCode
from twind.answer.events import AnswerEvent, Delta, Refused, Reply, Stage
from twind.answer.service import Turn
from twind.domain.answers import Citation
from twind.errors import TwindError
from twind.serving.locators import citation_out, claim_out

log = logging.getLogger(__name__)

Form = Callable[[AnswerEvent], ChatEvent]


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


def chat_events(
    steps: Generator[AnswerEvent, None, None], turn: Turn, form: Form | None = None
) -> Generator[ChatEvent, None, None]:
    """Yield the events of an answer; a failure on the way is the last of them.

    Args:
        steps: What happens while it is made.
        turn: The question.
        form: Makes an event of a step; as the owner sees it if None.
    """
    form = form or event_out
    yield ChatEvent(
        event="meta",
        data={"conversation_id": turn.conversation_id, "message_id": turn.message_id},
    )
    try:
        for step in steps:
            yield form(step)
    except TwindError as error:
        yield ChatEvent(event="error", data={"code": error.code, "message": error.message})
    except Exception:
        log.exception("an answer failed on the way")
        message = "something went wrong inside the daemon"
        yield ChatEvent(event="error", data={"code": ErrorCode.INTERNAL, "message": message})
    finally:
        steps.close()


def event_out(step: AnswerEvent) -> ChatEvent:
    """Return a step as the owner sees it."""
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
