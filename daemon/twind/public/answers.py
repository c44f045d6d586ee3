"""Answers as visitors see them: nothing in them tells of this machine."""

import json
from collections.abc import AsyncIterator, Generator
from contextlib import aclosing, closing

from fastapi.responses import StreamingResponse

from twinctl.wire.answers import ChatEvent
from twinctl.wire.public import PublicMessageOut, PublicTwinOut
from twind.access.streams import Place
from twind.answer.events import AnswerEvent, Reply
from twind.answer.service import Turn
from twind.domain.answers import Citation
from twind.domain.conversations import Message
from twind.domain.metrics import Rating
from twind.domain.twins import Twin
from twind.public.words import FAILED
from twind.serving.answers import chat_events, event_out
from twind.serving.locators import public_citation_out
from twind.serving.streaming import HEADERS, Events, encode, server_sent_events

Steps = Generator[AnswerEvent, None, None]


def streamed(steps: Steps, turn: Turn, place: Place) -> StreamingResponse:
    """Return an answer as server-sent events; the place is left when it is told, or dropped."""
    events = _told(steps, turn, place)
    meta = next(events)  # told at once, however many answers are worked on before this one
    return StreamingResponse(_after(meta, events), media_type="text/event-stream", headers=HEADERS)


def twin_out(twin: Twin) -> PublicTwinOut:
    """Return what a visitor may know of a twin."""
    persona = twin.persona
    return PublicTwinOut(
        slug=twin.slug, name=twin.name, greeting=persona.greeting, language=persona.language
    )


def message_out(message: Message, rating: Rating | None) -> PublicMessageOut:
    """Return a turn as its visitor sees it, with the opinion that the visitor gave."""
    return PublicMessageOut(
        id=message.id,
        role=message.role,
        content=message.content,
        answered=message.answered,
        citations=[public_citation_out(citation) for citation in message.citations],
        feedback=rating.value if rating else None,
    )


async def _after(first: ChatEvent, events: Events) -> AsyncIterator[bytes]:
    yield encode(first.event, json.dumps(first.data))
    async with aclosing(server_sent_events(events)) as rest:
        async for frame in rest:
            yield frame


def _told(steps: Steps, turn: Turn, place: Place) -> Events:
    """Yield the events of an answer; once the first was taken, the place is left for sure."""
    try:
        with closing(chat_events(steps, turn, _public)) as events:
            for event in events:
                yield _without_cause(event) if event.event == "error" else event
    finally:
        place.leave()


def _public(step: AnswerEvent) -> ChatEvent:
    match step:
        case Citation():
            cited = public_citation_out(step)
            return ChatEvent(event="citation", data=cited.model_dump(exclude_none=True))
        case Reply():
            done = {"answered": step.answer.answered, "took_ms": step.took_ms}
            return ChatEvent(event="done", data=done)
        case _:
            return event_out(step)


def _without_cause(event: ChatEvent) -> ChatEvent:
    """Return a failure without its words, which may name what answers and where."""
    return event.model_copy(update={"data": {**event.data, "message": FAILED}})
