"""From a question to an answer: who is asked, in which order, and what is kept."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.asked import reply_of
from tests.support.store import a_live_source
from tests.support.writers import PreparedGenerator
from twind.answer.events import Refused, Reply, Stage
from twind.answer.service import BROKE_OFF, FAILED, AnswerService, Turn
from twind.domain.answers import RefusalReason
from twind.domain.audience import Asked, Channel
from twind.domain.audience import Asker as Person
from twind.errors import Conflict, NotFound
from twind.models.base import TextGenerator
from twind.models.registry import EmbedderRegistry
from twind.retrieve.search import Retriever
from twind.store.store import Tenant

QUESTION = "Who built the lighthouse at Skerry Point?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by Margaret Dunmore."
TEXT = f"{BUILT} Its tower is 27 metres high."
STRANGE = "Who composed the opera about the flying Dutchman?"


class Asker:
    """Asks a twin whose sources hold one text; nothing is embedded."""

    def __init__(self, tenant: Tenant, twin: str, retriever: Retriever) -> None:
        self._tenant = tenant
        self._twin = twin
        self._retriever = retriever
        self.noted: list[Asked] = []

    def _record(self, tenant: Tenant, asked: Asked) -> None:
        assert tenant is self._tenant
        self.noted.append(asked)

    def begin(self, generator: TextGenerator | None) -> tuple[AnswerService, Turn]:
        service = AnswerService(
            self._retriever, lambda: generator, record=self._record, answer_tokens=50
        )
        twin = self._tenant.twins.get(self._twin)
        return service, service.begin(self._tenant, twin, QUESTION, conversation_id=None)

    def ask(self, generator: TextGenerator | None, question: str = QUESTION) -> Reply:
        service = AnswerService(
            self._retriever, lambda: generator, record=self._record, answer_tokens=50
        )
        twin = self._tenant.twins.get(self._twin)
        return reply_of(service, service.begin(self._tenant, twin, question, conversation_id=None))


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    with closing(EmbedderRegistry("none", tmp_path, keep_alive_s=0)) as registry:
        yield Retriever(registry)


@pytest.fixture
def asker(tenant: Tenant, twin: str, retriever: Retriever) -> Asker:
    a_live_source(tenant, TEXT)
    return Asker(tenant, twin, retriever)


def test_without_a_generator_sentences_of_the_sources_answer(asker: Asker) -> None:
    reply = asker.ask(None)
    assert (reply.answer.answered, reply.generator) == (True, "extractive")
    assert reply.answer.citations[0].quote == BUILT


def test_a_generator_answers_from_the_evidence(asker: Asker) -> None:
    generator = PreparedGenerator(f"{BUILT} [1] It is haunted. [1]")
    reply = asker.ask(generator)
    assert (reply.answer.text, reply.generator) == (f"{BUILT} [1]", "prepared")
    assert TEXT in generator.prompts[1].content


def test_without_evidence_no_generator_is_asked(asker: Asker) -> None:
    generator = PreparedGenerator("Wagner [1].")
    reply = asker.ask(generator, STRANGE)
    assert reply.answer.refusal_reason is RefusalReason.NO_EVIDENCE
    assert generator.prompts == ()


def test_without_sources_no_generator_is_asked(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    generator = PreparedGenerator(BUILT)
    reply = Asker(tenant, twin, retriever).ask(generator)
    assert reply.answer.refusal_reason is RefusalReason.NO_SOURCES
    assert generator.prompts == ()


def test_a_generator_that_fails_is_stood_in_for_and_the_answer_says_so(asker: Asker) -> None:
    reply = asker.ask(PreparedGenerator(BUILT, fails_after=3))
    assert (reply.answer.notice, reply.generator) == (FAILED, "extractive")
    assert reply.answer.citations


def test_a_generator_without_room_is_stood_in_for(asker: Asker) -> None:
    reply = asker.ask(PreparedGenerator(BUILT, context_tokens=60))
    assert (reply.answer.notice, reply.generator) == (FAILED, "extractive")


def test_a_generator_that_breaks_off_keeps_what_was_supported(asker: Asker) -> None:
    text = f"{BUILT} [1] Its tower is 27 metres high. [1]"
    reply = asker.ask(PreparedGenerator(text, fails_after=16))
    assert (reply.answer.text, reply.answer.notice) == (f"{BUILT} [1]", BROKE_OFF)
    assert reply.generator == "prepared"


def test_an_answer_without_support_is_a_refusal_in_the_stream(asker: Asker) -> None:
    service, turn = asker.begin(PreparedGenerator("It is haunted by pirates. [1]"))
    *stages, refused, reply = service.stream(turn)
    assert stages == [Stage(name=name) for name in ("searching", "reading", "writing")]
    assert isinstance(refused, Refused)
    assert isinstance(reply, Reply)
    assert reply.answer.text == refused.message
    assert reply.answer.claims == ()


def test_a_stream_that_is_closed_keeps_no_answer(asker: Asker, tenant: Tenant) -> None:
    generator = PreparedGenerator(f"{BUILT} [1] Its tower is 27 metres high. [1]")
    service, turn = asker.begin(generator)
    steps = service.stream(turn)
    for _ in range(4):
        next(steps)
    steps.close()
    assert generator.is_closed
    assert len(tenant.conversations.messages(turn.conversation_id).items) == 1


def test_a_question_that_got_no_answer_is_kept_once(asker: Asker, tenant: Tenant) -> None:
    service, stopped = asker.begin(None)
    place = stopped.conversation_id

    def again(question: str) -> Turn:
        return service.begin(tenant, stopped.twin, question, conversation_id=place)

    turn = again(QUESTION)
    assert turn.before == ()
    reply_of(service, turn)
    reply_of(service, again(QUESTION))
    again("And how high is it?")

    kept = tenant.conversations.messages(place).items
    assert [message.role for message in kept] == ["user", "assistant", "user", "assistant", "user"]
    assert [message.content for message in kept[::2]] == [
        QUESTION,
        QUESTION,
        "And how high is it?",
    ]


def test_an_answer_that_is_kept_is_noted_and_one_that_is_not_is_not(asker: Asker) -> None:
    service, turn = asker.begin(None)
    reply = reply_of(service, turn)
    (noted,) = asker.noted
    assert (noted.message_id, noted.answered) == (turn.message_id, True)
    assert noted.sources == (reply.answer.citations[0].source_id,)
    service, turn = asker.begin(None)
    service.stream(turn).close()
    assert len(asker.noted) == 1


def test_a_conversation_belongs_to_one_session(asker: Asker, tenant: Tenant) -> None:
    service, turn = asker.begin(None)
    ours = Person(channel=Channel.WIDGET, session="ours")
    theirs = Person(channel=Channel.WIDGET, session="theirs")
    for first, second in ((ours, theirs), (ours, Person(channel=Channel.WIDGET))):
        begun = service.begin(turn.tenant, turn.twin, QUESTION, conversation_id=None, asker=first)
        again = service.begin(
            turn.tenant, turn.twin, "When?", conversation_id=begun.conversation_id, asker=first
        )
        assert [message.content for message in again.before] == [QUESTION]
        with pytest.raises(NotFound):
            service.begin(
                turn.tenant,
                turn.twin,
                "When?",
                conversation_id=begun.conversation_id,
                asker=second,
            )
        with pytest.raises(Conflict):
            service.begin(turn.tenant, turn.twin, "When?", conversation_id=begun.conversation_id)
    with pytest.raises(NotFound):
        service.begin(
            turn.tenant, turn.twin, "When?", conversation_id=turn.conversation_id, asker=ours
        )


def test_a_conversation_belongs_to_one_twin(asker: Asker, tenant: Tenant) -> None:
    service, turn = asker.begin(None)
    other = tenant.twins.create("else", "Somebody else")
    with pytest.raises(NotFound):
        service.begin(tenant, other, QUESTION, conversation_id=turn.conversation_id)
