"""From a question to an answer that is kept in its conversation."""

import os
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from twind.answer.courtesy import asks_nothing, courtesy_in
from twind.answer.desk import Desk
from twind.answer.events import AnswerEvent, Delta, Refused, Reply, Stage
from twind.answer.extractive import answer as extract_answer
from twind.answer.meaning import Lately, Meaning
from twind.answer.prompt import Brief
from twind.answer.refusal import in_words_of, refuse
from twind.answer.rewrite import REMEMBERED, understand
from twind.answer.verified.matching import find_verified
from twind.answer.verify import Cosines
from twind.answer.writing import Writer, Written
from twind.domain.answers import Answer, Passage, RefusalReason
from twind.domain.audience import OWNER, Asked, Asker
from twind.domain.conversations import Conversation, Message, Role
from twind.domain.ids import new_id
from twind.domain.twins import Twin
from twind.domain.verified import VERIFIED, as_answer
from twind.errors import Conflict
from twind.models.base import TextGenerator
from twind.models.generators import EXTRACTIVE
from twind.retrieve.search import Found, Retriever
from twind.store.conversations import no_conversation
from twind.store.store import Tenant

EVIDENCE = 10
LONGEST_TITLE = 120
READING_A_CORE = 2
"""Answers that passages are read for at once; while one waits for vectors, another reads."""

FAILED = "The model that writes answers failed, so these are sentences of the sources."
BROKE_OFF = "The model that writes answers broke off, so this answer may not be complete."


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question that is about to be answered; `started` is on the performance clock.

    `before` holds the last messages of the conversation before it, oldest first; `told` the
    quotes that the asker knows and wants more than. An attempt belongs to no conversation, and
    the ids are empty.
    """

    tenant: Tenant
    twin: Twin
    question: str
    before: tuple[Message, ...]
    conversation_id: str
    message_id: str
    started: float
    asker: Asker = OWNER
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An answer and the name of what made it."""

    answer: Answer
    generator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An answer that is kept nowhere, and the passages it was made from, best first."""

    answer: Answer
    passages: tuple[Passage, ...]
    took_ms: float


_Saying = Generator[AnswerEvent, None, _Said]
Record = Callable[[Tenant, Asked], None]


class AnswerService:
    """Answers questions from the sources of a twin."""

    def __init__(
        self,
        retriever: Retriever,
        generator: Callable[[], TextGenerator | None],
        *,
        record: Record,
        answer_tokens: int,
    ) -> None:
        """Take what answers are made with.

        Args:
            retriever: Finds passages.
            generator: Returns what writes answers now; None leaves them to sentences of sources.
            record: Notes each answer that is kept, in the transaction that keeps it.
            answer_tokens: The most that is written for an answer.
        """
        self._retriever = retriever
        self._generator = generator
        self._record = record
        self._answer_tokens = answer_tokens
        self._lately = Lately()
        self._desk = Desk(READING_A_CORE * (os.cpu_count() or 1))

    def begin(
        self,
        tenant: Tenant,
        twin: Twin,
        question: str,
        *,
        conversation_id: str | None,
        asker: Asker = OWNER,
    ) -> Turn:
        """Keep the question in its conversation, a new one unless `conversation_id` is given.

        One that got no answer, and is asked again, is kept once.

        Raises:
            NotFound: The twin has no such conversation, or it is not the asker's to go on with.
            Conflict: The owner would go on with a visitor's.
        """
        started = time.perf_counter()
        with self._desk.hearing(), tenant.transaction():
            if conversation_id is None:
                title = " ".join(question.split())[:LONGEST_TITLE]
                conversation = tenant.conversations.start(twin.id, title, asker)
            else:
                conversation = _theirs(tenant, twin, conversation_id, asker)
            before = tenant.conversations.latest(conversation.id, REMEMBERED)
            if before and (before[-1].role, before[-1].content) == (Role.USER, question):
                before = before[:-1]
            else:
                tenant.conversations.add(conversation.id, Role.USER, question)
        return Turn(
            tenant=tenant,
            twin=twin,
            question=question,
            before=tuple(before),
            conversation_id=conversation.id,
            message_id=new_id("msg"),
            started=started,
            asker=asker,
        )

    def attempt(self, tenant: Tenant, twin: Twin, question: str) -> Attempt:
        """Answer a question without keeping it."""
        turn = Turn(
            tenant=tenant,
            twin=twin,
            question=question,
            before=(),
            conversation_id="",
            message_id="",
            started=time.perf_counter(),
        )
        found = self._find(turn)
        said = _last(self._say(turn, found))
        return Attempt(
            answer=said.answer, passages=tuple(found.passages), took_ms=_elapsed_ms(turn)
        )

    def stream(self, turn: Turn) -> Generator[AnswerEvent, None, None]:
        """Yield an answer as it comes; the last event is the `Reply`.

        Closed on the way, it stops and keeps no answer.
        """
        asked, turn = turn.question, self._understood(turn)
        completed = turn.question if turn.question != asked else None
        yield Stage(name="searching", question=completed)
        found = self._find(turn)
        yield Stage(name="reading")
        said = yield from self._say(turn, found)
        yield replace(self._keep(turn, said, found), question=completed)

    def _find(self, turn: Turn) -> Found:
        with self._desk.reading():
            return self._retriever.search(turn.tenant, turn.twin.id, turn.question, limit=EVIDENCE)

    def _understood(self, turn: Turn) -> Turn:
        """Return a turn whose question can be understood without the turns before it."""
        if not turn.before:
            return turn
        understood = understand(turn.question, turn.before, self._generator())
        return replace(turn, question=understood.question, told=understood.told)

    def _say(self, turn: Turn, found: Found) -> _Saying:
        """Say what the owner said; else refuse where there is no evidence, else answer."""
        with self._desk.reading():
            verified = find_verified(turn.tenant, turn.twin.id, turn.question, found)
        if verified is not None:
            return (yield from _tell(turn, as_answer(verified), VERIFIED))
        cosines = self._cosines(turn, found)
        extract = self._extract(turn, found, cosines)
        generator = self._generator() if extract.answered else None
        if generator is None:
            return (yield from _tell(turn, extract, EXTRACTIVE))
        brief = Brief(
            twin=turn.twin,
            question=turn.question,
            passages=_best_first(found.passages, extract),
        )
        writer = Writer(generator, cosines, answer_tokens=self._answer_tokens)
        written = yield from writer.write(brief)
        return (yield from _settle(turn, written, extract, generator.name))

    def _extract(self, turn: Turn, found: Found, cosines: Cosines | None) -> Answer:
        """Return the sentences that answer, or the refusal: the verdict on the evidence."""
        if not found.passages and not turn.tenant.index.chunk_count(turn.twin.id):
            return refuse(RefusalReason.NO_SOURCES)
        if asks_nothing(turn.question):
            return refuse(RefusalReason.NO_EVIDENCE)
        with self._desk.reading():
            return extract_answer(turn.question, found.passages, cosines, told=turn.told)

    def _cosines(self, turn: Turn, found: Found) -> Cosines | None:
        if found.question is None or found.embedder is None:
            return None
        embed = partial(self._lately.vectors, turn.tenant.id, found.embedder)
        return Meaning(embed, {turn.question: found.question.vector}).cosines

    def _keep(self, turn: Turn, said: _Said, found: Found) -> Reply:
        """Keep what was said and note it, both at once or neither."""
        reply = Reply(
            answer=said.answer,
            generator=said.generator,
            conversation_id=turn.conversation_id,
            took_ms=_elapsed_ms(turn),
        )
        with turn.tenant.transaction():
            turn.tenant.conversations.add(
                turn.conversation_id,
                Role.ASSISTANT,
                said.answer.text,
                message_id=turn.message_id,
                answered=said.answer.answered,
                citations=said.answer.citations,
            )
            self._record(turn.tenant, _asked(turn, reply, found))
        return reply


def _theirs(tenant: Tenant, twin: Twin, conversation_id: str, asker: Asker) -> Conversation:
    """Return a conversation that an asker may go on with.

    The owner reads those of visitors, but does not speak in their place.
    """
    conversation = tenant.conversations.get(conversation_id)
    is_owner = asker == OWNER
    is_own = (conversation.channel, conversation.session) == (asker.channel, asker.session)
    if conversation.twin_id != twin.id or not (is_own or is_owner):
        raise no_conversation(conversation_id)
    if not is_own:
        raise Conflict(
            "this conversation is a visitor's: it can be read, not gone on with",
            hint=f"twinctl conversations show {conversation_id}",
        )
    return conversation


def _asked(turn: Turn, reply: Reply, found: Found) -> Asked:
    answer = reply.answer
    return Asked(
        twin_id=turn.twin.id,
        conversation_id=turn.conversation_id,
        message_id=turn.message_id,
        asker=turn.asker,
        question=turn.question,
        vector=found.question.vector if found.question else None,
        model=found.embedder.spec.question_space if found.embedder else None,
        answered=answer.answered,
        refusal_reason=answer.refusal_reason,
        confidence=answer.confidence,
        sources=tuple(dict.fromkeys(each.source_id for each in answer.citations)),
        took_ms=reply.took_ms,
        is_courtesy=not answer.answered and courtesy_in(turn.question) is not None,
    )


def _last(saying: _Saying) -> _Said:
    """Return what was said, once it is."""
    while True:
        try:
            next(saying)
        except StopIteration as end:
            return cast("_Said", end.value)


def _elapsed_ms(turn: Turn) -> float:
    return round((time.perf_counter() - turn.started) * 1000, 1)


def _tell(turn: Turn, answer: Answer, generator: str) -> _Saying:
    """Say a whole answer, or a refusal in the words that the owner chose."""
    if answer.answered:
        yield Delta(text=answer.text)
        yield from answer.citations
    else:
        answer = in_words_of(turn.twin.persona, turn.question, answer)
        yield Refused(reason=answer.refusal_reason, message=answer.text)
    return _Said(answer=answer, generator=generator)


def _settle(turn: Turn, written: Written, extract: Answer, generator: str) -> _Saying:
    """Close what was written; where nothing was, refuse, or let the sources speak."""
    if not written.composition.is_empty:
        notice = BROKE_OFF if written.failed else None
        answer = written.composition.answer(extract.confidence, notice)
        answer = replace(answer, support=extract.support)
        return _Said(answer=answer, generator=generator)
    if written.failed:
        return (yield from _tell(turn, replace(extract, notice=FAILED), EXTRACTIVE))
    return (yield from _tell(turn, refuse(RefusalReason.NO_EVIDENCE), generator))


def _best_first(passages: Sequence[Passage], extract: Answer) -> list[Passage]:
    """Put the passages first that hold the strongest evidence; the others stay in order."""
    strongest = {citation.chunk_id for citation in extract.citations}
    return sorted(passages, key=lambda passage: passage.chunk_id not in strongest)
