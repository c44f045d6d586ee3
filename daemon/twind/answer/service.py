"""From a question to an answer that is kept in its conversation."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from twind.answer.extractive import answer as extract_answer
from twind.answer.extractive import refuse
from twind.domain.answers import Answer, Citation, RefusalReason
from twind.domain.conversations import Role
from twind.domain.ids import new_id
from twind.domain.twins import Twin
from twind.errors import NotFound
from twind.retrieve.search import Found, Retriever
from twind.retrieve.vectors import cosines
from twind.store.store import Tenant

GENERATOR = "extractive"
EVIDENCE = 10
LONGEST_TITLE = 120

Similarity = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question that is about to be answered; `started` is on the performance clock."""

    tenant: Tenant
    twin: Twin
    question: str
    conversation_id: str
    message_id: str
    started: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the twin does now: `searching` or `reading`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The sources do not support an answer."""

    reason: RefusalReason | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer, once it is kept."""

    answer: Answer
    generator: str
    conversation_id: str
    took_ms: float


AnswerEvent = Stage | Delta | Refused | Citation | Reply


class AnswerService:
    """Answers questions from the sources of a twin."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def begin(
        self, tenant: Tenant, twin: Twin, question: str, *, conversation_id: str | None
    ) -> Turn:
        """Keep the question in its conversation, a new one unless `conversation_id` is given.

        Raises:
            NotFound: The twin has no such conversation.
        """
        started = time.perf_counter()
        if conversation_id is None:
            title = " ".join(question.split())[:LONGEST_TITLE]
            conversation = tenant.conversations.start(twin.id, title)
        else:
            conversation = tenant.conversations.get(conversation_id)
            if conversation.twin_id != twin.id:
                raise NotFound(f"{twin.slug} has no conversation {conversation_id}")
        tenant.conversations.add(conversation.id, Role.USER, question)
        return Turn(
            tenant=tenant,
            twin=twin,
            question=question,
            conversation_id=conversation.id,
            message_id=new_id("msg"),
            started=started,
        )

    def answer(self, turn: Turn) -> Reply:
        """Return the whole answer of a turn."""
        *_, reply = self.stream(turn)
        assert isinstance(reply, Reply)  # noqa: S101 - a stream ends with its reply
        return reply

    def stream(self, turn: Turn) -> Generator[AnswerEvent, None, None]:
        """Yield an answer as it comes; the last event is the `Reply`.

        Closed on the way, it stops and keeps no answer.
        """
        yield Stage(name="searching")
        found = self._retriever.search(turn.tenant, turn.twin.id, turn.question, limit=EVIDENCE)
        yield Stage(name="reading")
        answer = self._answer(turn, found)
        if answer.answered:
            yield Delta(text=answer.text)
            yield from answer.citations
        else:
            yield Refused(reason=answer.refusal_reason, message=answer.text)
        yield self._keep(turn, answer)

    def _answer(self, turn: Turn, found: Found) -> Answer:
        if not found.passages and not turn.tenant.index.chunk_count(turn.twin.id):
            return refuse(RefusalReason.NO_SOURCES)
        return extract_answer(turn.question, found.passages, self._similarity(found))

    def _similarity(self, found: Found) -> Similarity | None:
        asked, embedder = found.question, found.embedder
        if asked is None or embedder is None:
            return None

        def similarity(_question: str, texts: Sequence[str]) -> list[float]:
            others = [made.vector for made in embedder.embed_queries(texts)]
            return cosines(asked.vector, others)

        return similarity

    def _keep(self, turn: Turn, answer: Answer) -> Reply:
        turn.tenant.conversations.add(
            turn.conversation_id,
            Role.ASSISTANT,
            answer.text,
            message_id=turn.message_id,
            answered=answer.answered,
            citations=answer.citations,
        )
        return Reply(
            answer=answer,
            generator=GENERATOR,
            conversation_id=turn.conversation_id,
            took_ms=round((time.perf_counter() - turn.started) * 1000, 1),
        )
