"""Answers of a twin in the shape of chat completions.

A refusal is an answer of the protocol like any other: its words are the content and it ends with
`stop`. That it is one stands in the extension `twin`.
"""

import re
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel

from twinctl.wire.completions import CompletionIn
from twinctl.wire.openai import (
    Annotation,
    Choice,
    ChoiceDelta,
    CompletionChunk,
    CompletionMessageOut,
    CompletionOut,
    DeltaOut,
    TwinExtension,
    UrlCitation,
    Usage,
)
from twind.answer.events import AnswerEvent, Delta, Refused, Reply
from twind.answer.rewrite import REMEMBERED
from twind.answer.service import Turn
from twind.domain.answers import Answer
from twind.domain.conversations import Message, Role
from twind.serving.locators import public_citation_out
from twind.serving.streaming import PING, Frames

DONE = b"data: [DONE]\n\n"

_BYTES_A_TOKEN = 4
_MARK = re.compile(r"\[(\d{1,3})\]")
_ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a request asks, and the turns that it says came before, oldest first."""

    text: str
    before: tuple[Message, ...]


def question_of(request: CompletionIn) -> Question:
    """Return the last message of the user, and what of the earlier ones may complete it."""
    last = max(n for n, message in enumerate(request.messages) if message.role == "user")
    before = [
        Message(
            id="",
            role=_ROLES[message.role],
            content=message.text,
            answered=True if message.role == "assistant" else None,
            citations=(),
            created_at=0.0,
        )
        for message in request.messages[:last]
        if message.role in _ROLES and message.text.strip()
    ]
    return Question(text=request.messages[last].text, before=tuple(before[-REMEMBERED:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One answer on its way, in the shape of the protocol.

    Attributes:
        id: Of the answer.
        model: Slug of the twin that gives it.
        created: When it was asked for, in whole UTC seconds.
        prompt_tokens: An estimate of what the request holds.
        tells_usage: Whether a stream ends with the usage.
    """

    id: str
    model: str
    created: int
    prompt_tokens: int
    tells_usage: bool

    @classmethod
    def begin(cls, request: CompletionIn, turn: Turn) -> Self:
        """Return the answer that a turn will have."""
        options = request.stream_options
        return cls(
            id=f"chatcmpl-{turn.message_id}",
            model=turn.twin.slug,
            created=int(time.time()),
            prompt_tokens=sum(_tokens(message.text) for message in request.messages),
            tells_usage=options is not None and options.include_usage,
        )

    def whole(self, reply: Reply) -> CompletionOut:
        """Return the answer in one piece."""
        message = CompletionMessageOut(
            content=reply.answer.text, annotations=annotations(reply.answer)
        )
        return CompletionOut(
            id=self.id,
            created=self.created,
            model=self.model,
            choices=[Choice(message=message)],
            usage=self._usage(reply),
            twin=_extension(reply),
        )

    def frames(self, steps: Generator[AnswerEvent, None, None]) -> Frames:
        """Yield the answer piece by piece, as events; closed on the way, it closes `steps`."""
        with closing(steps):
            yield self._piece(DeltaOut(role="assistant", content=""))
            for step in steps:
                match step:
                    case Delta():
                        yield self._piece(DeltaOut(content=step.text))
                    case Refused():
                        yield self._piece(DeltaOut(content=step.message))
                    case Reply():
                        yield from self._end(step)
                    case _:  # a sign of life, by which it is seen that the reader went away
                        yield PING
        yield DONE

    def _piece(self, delta: DeltaOut) -> bytes:
        return encode(self._chunk(ChoiceDelta(delta=delta)))

    def _end(self, reply: Reply) -> Iterator[bytes]:
        cited = annotations(reply.answer) or None
        last = ChoiceDelta(delta=DeltaOut(annotations=cited), finish_reason="stop")
        yield encode(self._chunk(last).model_copy(update={"twin": _extension(reply)}))
        if self.tells_usage:
            yield encode(self._chunk().model_copy(update={"usage": self._usage(reply)}))

    def _chunk(self, *choices: ChoiceDelta) -> CompletionChunk:
        return CompletionChunk(
            id=self.id, created=self.created, model=self.model, choices=list(choices)
        )

    def _usage(self, reply: Reply) -> Usage:
        written = _tokens(reply.answer.text)
        return Usage(
            prompt_tokens=self.prompt_tokens,
            completion_tokens=written,
            total_tokens=self.prompt_tokens + written,
        )


def encode(event: BaseModel) -> bytes:
    """Return an event without a name, as the protocol has them."""
    return f"data: {event.model_dump_json()}\n\n".encode()


def annotations(answer: Answer) -> list[Annotation]:
    """Return where the answer cites what: at each of its marks, or all of it without one."""
    cited = {each.n: public_citation_out(each) for each in answer.citations}
    places = [(m.start(), m.end(), int(m[1])) for m in _MARK.finditer(answer.text)]
    marked = {n for _, _, n in places}
    whole = [(0, len(answer.text), n) for n in cited if n not in marked]
    return [
        Annotation(
            url_citation=UrlCitation(
                start_index=start,
                end_index=end,
                url=cited[n].url or f"urn:twinctl:citation:{n}",
                title=cited[n].title,
            )
        )
        for start, end, n in [*places, *whole]
        if n in cited
    ]


def _extension(reply: Reply) -> TwinExtension:
    answer = reply.answer
    return TwinExtension(
        answered=answer.answered,
        refusal_reason=answer.refusal_reason,
        confidence=answer.confidence,
        citations=[public_citation_out(each) for each in answer.citations],
        conversation_id=reply.conversation_id,
        notice=answer.notice,
    )


def _tokens(text: str) -> int:
    return -(-len(text.encode(errors="replace")) // _BYTES_A_TOKEN)
