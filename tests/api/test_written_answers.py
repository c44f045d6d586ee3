"""Answers that a server writes: judged sentence by sentence, and kept when it fails."""

import json
from contextlib import closing
from dataclasses import replace

import pytest

from tests.support.corpora import coast
from tests.support.daemon import LiveDaemon
from tests.support.endpoint import (
    LoopbackEndpoint,
    Reply,
    chunk,
    event,
    ollama,
    openai_error,
)
from tests.support.written import prepare
from twinctl.wire.answers import AnswerOut, ChatEvent, ChatIn

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by Margaret Dunmore."
HIGH = "Its tower is 27 metres high."
MADE_UP = "It is haunted by three drowned pirates."


@pytest.fixture(scope="module")
def twin(served: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> str:
    with served.client() as client:
        return coast(client, "Coast", tmp_path_factory.mktemp("coast"))


def ask(served: LiveDaemon, twin: str, question: str = QUESTION) -> AnswerOut:
    with served.client() as client:
        return client.answer(twin, ChatIn(message=question))


def stream(served: LiveDaemon, twin: str) -> list[ChatEvent]:
    with served.client() as client:
        return list(client.chat(twin, ChatIn(message=QUESTION)))


def test_the_answer_is_what_was_written_and_is_supported(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{BUILT[:-1]} [1]. {MADE_UP} [1] {HIGH} [1]")
    answer = ask(served, twin)
    assert answer.answer == f"{BUILT} [1] {HIGH} [2]"
    assert (answer.answered, answer.generator) == (True, "endpoint:llama3")
    assert answer.notice is None
    assert [claim.text for claim in answer.claims] == [BUILT, HIGH]
    with served.client() as client:
        for citation in answer.citations:
            text = client.source_text(twin, citation.source_id).text
            span = slice(citation.locator.start_char, citation.locator.end_char)
            assert text[span] == citation.quote
    assert "Margaret Dunmore" in answer.citations[0].quote
    assert "27 metres high" in answer.citations[1].quote


def test_the_model_gets_the_rules_first_and_then_the_evidence(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{BUILT} [1]")
    ask(served, twin)
    ask(served, twin, "How high is the tower of the lighthouse?")
    (system, asked), (again, _) = (chat["messages"] for chat in endpoint.chats)
    assert (system["role"], asked["role"]) == ("system", "user")
    assert system == again
    assert "<passage 1>" in asked["content"]
    assert endpoint.chats[0]["max_tokens"] == 400


def test_without_evidence_no_model_is_asked(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, "France won [1].")
    answer = ask(served, twin, "Which team won the 1998 World Cup?")
    assert (answer.answered, answer.refusal_reason) == (False, "no_evidence")
    assert answer.generator == "extractive"
    assert endpoint.chats == []


@pytest.mark.parametrize("written", ["NO_ANSWER", MADE_UP, "The sources do not say that. [1]"])
def test_nothing_supported_is_a_refusal(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint, written: str
) -> None:
    prepare(endpoint, written)
    answer = ask(served, twin)
    assert (answer.answered, answer.refusal_reason) == (False, "no_evidence")
    assert (answer.citations, answer.claims) == ([], [])
    assert answer.generator == "endpoint:llama3"


def test_sentences_come_one_by_one_each_before_its_citation(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{BUILT} [1] {MADE_UP} {HIGH} [1]")
    events = stream(served, twin)
    told = [one for one in events if one.event in {"delta", "citation"}]
    assert [one.event for one in told] == ["delta", "citation"] * 2
    assert told[0].data["text"] == f"{BUILT} [1]"
    assert told[2].data["text"] == f" {HIGH} [2]"
    assert events[-1].data["generator"] == "endpoint:llama3"
    assert "notice" not in events[-1].data


def test_when_the_model_cannot_be_had_sentences_of_the_sources_answer(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    endpoint.replies[:] = [openai_error(500, "out of memory")]
    answer = ask(served, twin)
    assert (answer.answered, answer.generator) == (True, "extractive")
    assert "Margaret Dunmore" in answer.answer
    assert answer.notice is not None
    assert "sentences of the sources" in answer.notice
    done = stream(served, twin)[-1]
    assert done.data["notice"] == answer.notice
    assert done.data["generator"] == "extractive"


def test_when_the_model_breaks_off_what_was_complete_stays_and_the_answer_says_so(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    endpoint.replies[:] = [broken(f"{BUILT} [1] {HIGH} [1]", words=15)]
    answer = ask(served, twin)
    assert answer.answer == f"{BUILT} [1]"
    assert answer.generator == "endpoint:llama3"
    assert answer.notice is not None
    assert "broke off" in answer.notice
    with served.client() as client:
        kept = list(client.messages(answer.conversation_id))[-1]
    assert kept.content == answer.answer


def test_when_the_model_breaks_off_too_early_sentences_of_the_sources_answer(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    endpoint.replies[:] = [broken(BUILT, words=4)]
    answer = ask(served, twin)
    assert (answer.answered, answer.generator) == (True, "extractive")
    assert answer.notice is not None


def test_hanging_up_stops_the_model(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    pieces = [event(chunk({"content": f" {word}"})) for word in f"{BUILT} [1] And".split()]
    endpoint.replies[:] = [Reply(pieces=pieces, stalls=True)]
    endpoint.hung_up.clear()
    with (
        served.client() as client,
        closing(client.chat(twin, ChatIn(message=QUESTION))) as events,
    ):
        conversation = next(events).data["conversation_id"]
        assert any(one.event == "citation" for one in events)
    assert endpoint.hung_up.wait(60)
    with served.client() as client:
        assert [one.role for one in client.messages(conversation)] == ["user"]


def test_ask_explains_each_sentence(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{BUILT} [1]")
    plain = served.json("ask", "--twin", twin, QUESTION)
    assert {"quotes", "notice"}.isdisjoint({*plain, *plain["claims"][0]})
    (claim,) = served.json("ask", "--twin", twin, "--explain", QUESTION)["claims"]
    assert claim["quotes"] == [plain["citations"][0]["quote"]]
    shown = served.run("ask", "--twin", twin, "--explain", QUESTION).stdout
    assert shown.startswith(f"{BUILT} [1]\n\n{claim['support']:.2f}  {BUILT}\n    [1] The light")
    assert f"        “{' '.join(claim['quotes'][0].split())}”\n" in shown


def test_ask_says_when_the_model_failed(
    served: LiveDaemon, twin: str, endpoint: LoopbackEndpoint
) -> None:
    endpoint.replies[:] = [openai_error(500, "out of memory")]
    done = served.run("ask", "--twin", twin, QUESTION)
    assert done.returncode == 0
    assert done.stderr.startswith("note: The model that writes answers failed")
    document = json.loads(served.run("ask", "--twin", twin, QUESTION, "--json").stdout)
    assert document["notice"].startswith("The model")


def broken(text: str, *, words: int) -> Reply:
    """Return a reply that breaks off after so many words."""
    return replace(ollama(text), pieces=ollama(text).pieces[:words], breaks=True)
