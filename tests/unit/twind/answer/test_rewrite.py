"""Follow-ups made questions of their own: how often that is right, and that the rest is left."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import follow_ups
from tests.support.asked import reply_of
from tests.support.store import a_live_source, default_tenant, open_store
from twind.answer.events import Reply
from twind.answer.rewrite import understand
from twind.answer.service import AnswerService
from twind.domain.answers import Citation
from twind.domain.chunks import Locator
from twind.domain.conversations import Message, Role
from twind.domain.twins import DEFAULT_TWIN
from twind.errors import GeneratorFailed
from twind.models.base import Prompt
from twind.models.registry import EmbedderRegistry
from twind.retrieve.search import Retriever
from twind.store.store import Tenant

BUILT = "Who built the lighthouse at Skerry Point?"
BUILDER = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore. [1]"


class Conversations:
    """Conversations about the sources of the follow-ups, searched by their words alone."""

    def __init__(self, tenant: Tenant, models: Path) -> None:
        registry = EmbedderRegistry("none", models, keep_alive_s=0)
        self._service = AnswerService(
            Retriever(registry), lambda: None, record=lambda _, __: None, answer_tokens=100
        )
        self._tenant = tenant

    def ask(self, *questions: str) -> Reply:
        """Ask in a new conversation and return the last reply."""
        reply: Reply | None = None
        for question in questions:
            turn = self._service.begin(
                self._tenant,
                self._tenant.twins.get(DEFAULT_TWIN),
                question,
                conversation_id=reply.conversation_id if reply else None,
            )
            reply = reply_of(self._service, turn)
        assert reply is not None
        return reply


@pytest.fixture(scope="module")
def conversations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversations]:
    folder = tmp_path_factory.mktemp("follow-ups")
    with closing(open_store(folder)) as store:
        tenant = default_tenant(store)
        for source in follow_ups.sources():
            a_live_source(tenant, *source.passages, uri=f"/{source.name}", title=source.title)
        yield Conversations(tenant, folder)


def finds(reply: Reply, gold: str) -> bool:
    """Tell whether the source that an answer begins with is quoted with what was looked for."""
    citations = reply.answer.citations
    return any(gold in one.quote for one in citations if one.source_id == citations[0].source_id)


def said(*turns: tuple[str, str | None]) -> list[Message]:
    """Return messages of questions and answers; None is a refusal."""
    messages: list[Message] = []
    for question, answer in turns:
        for role, content in ((Role.USER, question), (Role.ASSISTANT, answer)):
            answered = None if role is Role.USER else content is not None
            messages.append(
                Message(
                    id=f"msg_{len(messages)}",
                    role=role,
                    content=content or "My sources do not say enough to answer that.",
                    answered=answered,
                    citations=(),
                    created_at=0.0,
                )
            )
    return messages


def test_follow_ups_find_what_they_find_only_once_rewritten(conversations: Conversations) -> None:
    asked = follow_ups.leaning()
    found = [finds(conversations.ask(*one.before, one.question), one.gold) for one in asked]
    alone = [finds(conversations.ask(one.question), one.gold) for one in asked]
    gained = sum(now and not before for now, before in zip(found, alone, strict=True))
    assert len(asked) >= 120
    assert sum(found) / len(asked) >= 0.92
    assert gained >= 80
    assert sum(before and not now for now, before in zip(found, alone, strict=True)) <= 2


def test_whoever_asks_for_more_is_told_something_else(conversations: Conversations) -> None:
    replies = [conversations.ask(BUILT), conversations.ask(BUILT, "tell me more")]
    first, more = [{one.quote for one in reply.answer.citations} for reply in replies]
    assert first
    assert first.isdisjoint(more)


def test_complete_questions_stay_as_they_are(conversations: Conversations) -> None:
    asked = follow_ups.complete()
    replies = [conversations.ask(*one.before, one.question) for one in asked]
    assert len(asked) >= 80
    assert [reply.question for reply in replies if reply.question] == []


@pytest.mark.parametrize(
    ("before", "question", "rewritten"),
    [
        ((BUILT, BUILDER), "and when did she leave?", "When did Margaret Dunmore leave?"),
        ((BUILT, BUILDER), "How high is it?", "How high is the lighthouse at Skerry Point?"),
        ((BUILT, BUILDER), "Who was her father?", "Who was Margaret Dunmore's father?"),
        (
            ("Who was Ida Rolfe?", "The school in Oslo was founded by Nora Berg and her. [1]"),
            "when was she born?",
            "When was Ida Rolfe born?",
        ),
        (
            ("Who built it?", "Das Haus wurde von Ida Rolfe gebaut. [1]"),
            "when was she born?",
            "When was Ida Rolfe born?",
        ),
        ((BUILT, BUILDER), "who lived there?", "Who lived at Skerry Point?"),
        ((BUILT, BUILDER), "tell me more", BUILT),
        (
            ("How much does the course cost for children?", None),
            "When is it?",
            "When is the course?",
        ),
        ((BUILT, None), "How high is it?", "How high is the lighthouse at Skerry Point?"),
        ((BUILT, None), "when?", "When built the lighthouse at Skerry Point?"),
        (("How big is Paris?", None), "what about Boston?", "How big is Boston?"),
        (
            ("How long is the first trail?", None),
            "And the second one?",
            "How long is the second trail?",
        ),
        (
            ("How often does the boat sail in summer?", None),
            "and in winter?",
            "How often does the boat sail in winter?",
        ),
        (("What did it earn in 2022?", None), "what about 2023?", "What did it earn in 2023?"),
        (
            ("What is the refund policy for annual plans?", None),
            "and monthly ones?",
            "What is the refund policy for monthly plans?",
        ),
        (
            ("How much is a lesson for children?", "A lesson costs £38. [1]"),
            "No, I meant for adults",
            "How much is a lesson for adults?",
        ),
        (("How big is Paris?", None), "sorry, I mean Boston", "How big is Boston?"),
        (
            ("Do you teach adults?", "Yes. [1] The oldest of my pupils began at 71. [2]"),
            "do you like them?",
            "Do you like adults?",
        ),
        ((BUILT, BUILDER), "What about her brother?", "What about Margaret Dunmore's brother?"),
        ((BUILT, BUILDER), "When was that?", "When built the lighthouse at Skerry Point?"),
        ((BUILT, BUILDER), "thanks", "thanks"),
        ((BUILT, BUILDER), "ok, many thanks!", "ok, many thanks!"),
        (
            ("What's the fee for adults?", None),
            "Can I pay it later?",
            "Can I pay the fee for adults later?",
        ),
        (("How many boats do you have?", None), "since when?", "Since when do you have boats?"),
        (("How many boats are in the bay?", None), "why?", "Why are boats in the bay?"),
        (
            ("Wann wurde die Mühle von Arnsfeld gebaut?", None),
            "und warum?",
            "Warum wurde die Mühle von Arnsfeld gebaut?",
        ),
        (
            ("Qui a fondé la bibliothèque ?", "Elle a été fondée par Hélène Marchand. [1]"),
            "Où est-elle née ?",
            "Où est Hélène Marchand née?",
        ),
    ],
)
def test_a_gap_is_filled_from_the_turn_before(
    before: tuple[str, str | None], question: str, rewritten: str
) -> None:
    assert understand(question, said(before), None).question == rewritten


def test_a_follow_up_of_a_follow_up_leans_on_what_that_meant() -> None:
    turns = said((BUILT, BUILDER), ("When did she leave the coast?", "She left in 1863. [1]"))
    assert understand("why?", turns, None).question == "Why did Margaret Dunmore leave the coast?"


@pytest.mark.parametrize("question", ["and when did she leave?", "why?", "", "?", "the", "It"])
def test_without_turns_before_a_question_is_what_it_is(question: str) -> None:
    assert understand(question, [], None).question == question


class Words:
    """A generator that writes what it is told to."""

    name = "words"
    context_tokens = 2_000

    def __init__(self, *pieces: str, fails: bool = False) -> None:
        self._pieces = pieces
        self._fails = fails
        self.asked: list[Prompt] = []

    def count_tokens(self, prompts: Sequence[Prompt]) -> int:
        return sum(len(prompt.content.split()) for prompt in prompts)

    def stream(
        self,
        prompts: Sequence[Prompt],
        *,
        max_tokens: int,  # noqa: ARG002
    ) -> Generator[str, None, None]:
        self.asked.extend(prompts)
        if self._fails:
            raise GeneratorFailed("it broke")
        yield from self._pieces


BY_RULE = "When did Margaret Dunmore leave?"


@pytest.mark.parametrize(
    ("pieces", "rewritten"),
    [
        (("When did the engineer ", "Margaret Dunmore leave?"), None),
        (("", 'Question: "When did the engineer Margaret Dunmore leave?"\n', "More"), None),
        (("Margaret Dunmore left in 1863.",), BY_RULE),
        (("When was Napoleon asked to leave?",), BY_RULE),
        (("When did Margaret Dunmore arrive?",), BY_RULE),
        (("",), BY_RULE),
    ],
)
def test_what_a_model_words_is_taken_only_if_it_asks_the_same(
    pieces: tuple[str, ...], rewritten: str | None
) -> None:
    worded = understand("and when did she leave?", said((BUILT, BUILDER)), Words(*pieces)).question
    assert worded == (rewritten or "When did the engineer Margaret Dunmore leave?")


def test_a_model_that_fails_leaves_it_to_the_rule() -> None:
    broken = Words(fails=True)
    assert (
        understand("and when did she leave?", said((BUILT, BUILDER)), broken).question == BY_RULE
    )


def test_no_model_is_asked_about_a_complete_question() -> None:
    writer = Words("Something else?")
    assert understand(
        "How long is the bridge at Corrin?", said((BUILT, BUILDER)), writer
    ).question == ("How long is the bridge at Corrin?")
    assert writer.asked == []


@pytest.mark.parametrize(
    ("question", "told"), [("Tell me more", {"quoted"}), ("and when did she leave?", set())]
)
def test_only_who_asks_for_more_knows_what_was_quoted(question: str, told: set[str]) -> None:
    cited = Citation(
        n=1,
        source_id="src_1",
        chunk_id="chk_1",
        uri="/coast.md",
        title="Coast",
        quote="quoted",
        locator=Locator(start_char=0, end_char=6),
    )
    asked, answered = said((BUILT, BUILDER))
    turns = [asked, replace(answered, citations=(cited,))]
    assert understand(question, turns, None).told == told
