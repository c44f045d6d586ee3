"""Search, answers, refusals and conversations over the socket."""

import pytest

from tests.support.corpora import coast, new_twin
from tests.support.daemon import LiveDaemon
from tests.support.waiting import finished
from twinctl.errors import ApiError
from twinctl.wire.answers import ChatIn
from twinctl.wire.search import SearchIn
from twinctl.wire.sources import TextIn

REFUSED = "My sources do not say enough to answer that."


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> str:
    with daemon.client() as client:
        return coast(client, "Answers of the coast", tmp_path_factory.mktemp("coast"))


@pytest.fixture(scope="module")
def model_twin(model_daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> str:
    with model_daemon.client() as client:
        return coast(client, "Answers by meaning", tmp_path_factory.mktemp("coast"))


def test_without_a_model_full_text_answers_alone_and_says_so(
    daemon: LiveDaemon, twin: str
) -> None:
    with daemon.client() as client:
        found = client.search(twin, SearchIn(query="who built the lighthouse"))
    assert found.notice is not None
    assert "full text" in found.notice
    assert found.hits[0].title == "The light at Skerry Point"
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))


def test_with_a_model_search_finds_by_meaning(model_daemon: LiveDaemon, model_twin: str) -> None:
    with model_daemon.client() as client:
        found = client.search(model_twin, SearchIn(query="What does it cost to bring my bike?"))
    assert found.notice is None
    assert found.hits[0].title == "The Harra ferry"


def test_an_answer_quotes_its_source_at_its_locator(
    model_daemon: LiveDaemon, model_twin: str
) -> None:
    with model_daemon.client() as client:
        answer = client.answer(model_twin, ChatIn(message="Who built the lighthouse?"))
        assert answer.answered
        assert "Margaret Dunmore" in answer.answer
        for citation in answer.citations:
            text = client.source_text(model_twin, citation.source_id).text
            span = slice(citation.locator.start_char, citation.locator.end_char)
            assert text[span] == citation.quote
    numbers = {citation.n for citation in answer.citations}
    assert {n for claim in answer.claims for n in claim.citations} == numbers


@pytest.mark.parametrize("message", ["Hi!", "thanks"])
def test_a_courtesy_is_returned_though_a_source_holds_its_words(
    model_daemon: LiveDaemon, message: str
) -> None:
    text = "The miller says hi to everybody. Thanks is what the baker says."
    with model_daemon.client() as client:
        twin = new_twin(client, f"Says {message}")
        finished(client, client.ingest_text(twin, TextIn(text=text)).job.id)
        answer = client.answer(twin, ChatIn(message=message))
        asked = client.answer(twin, ChatIn(message="What does the miller say?"))
    assert (answer.answered, answer.citations) == (False, [])
    assert answer.answer != REFUSED
    assert asked.answered


def test_who_asks_how_to_reach_the_expert_is_told(model_daemon: LiveDaemon) -> None:
    text = (
        "# Rosa Keller, baker\n\nI bake sourdough in Lübeck.\n\n## Materials\n\nOrder rye from "
        "sales@mill.example.\n\n## Contact\n\nCall 0451 555 0134. I am in the shop until noon."
    )
    with model_daemon.client() as client:
        twin = new_twin(client, "Is reached")
        finished(client, client.ingest_text(twin, TextIn(text=text)).job.id)
        told = [
            client.answer(twin, ChatIn(message=question)).answer
            for question in ("How do I reach you?", "What's your phone number?")
        ]
        others = client.answer(twin, ChatIn(message="What is the phone number of the town hall?"))
        mail = client.answer(twin, ChatIn(message="What is your email?"))
    assert all(answer.startswith("Call 0451 555 0134.") for answer in told)
    assert not others.answered
    assert "sales@" not in mail.answer


def test_what_the_sources_do_not_hold_is_refused_without_citations(
    model_daemon: LiveDaemon, model_twin: str
) -> None:
    with model_daemon.client() as client:
        answer = client.answer(model_twin, ChatIn(message="Which team won the 1998 World Cup?"))
    assert not answer.answered
    assert answer.refusal_reason == "no_evidence"
    assert answer.citations == []
    assert answer.answer


def test_a_twin_that_knows_nothing_refuses_and_says_why(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        empty = new_twin(client, "Knows nothing")
        answer = client.answer(empty, ChatIn(message="Who built the lighthouse?"))
    assert (answer.answered, answer.refusal_reason) == (False, "no_sources")


def test_a_streamed_answer_comes_as_named_events(
    model_daemon: LiveDaemon, model_twin: str
) -> None:
    with model_daemon.client() as client:
        events = list(client.chat(model_twin, ChatIn(message="How high is the tower?")))
        names = [event.event for event in events]
        assert names[0] == "meta"
        assert names[-1] == "done"
        assert {"status", "delta", "citation"} <= set(names)
        assert "27 metres" in "".join(e.data["text"] for e in events if e.event == "delta")
        conversation = events[0].data["conversation_id"]
        messages = list(client.messages(conversation))
    assert [message.role for message in messages] == ["user", "assistant"]
    assert messages[1].id == events[0].data["message_id"]
    assert messages[1].citations


def test_a_streamed_refusal_has_a_reason(model_daemon: LiveDaemon, model_twin: str) -> None:
    question = ChatIn(message="What is the boiling point of tungsten?")
    with model_daemon.client() as client:
        events = {event.event: event.data for event in client.chat(model_twin, question)}
    assert events["refusal"]["reason"] == "no_evidence"
    assert events["done"]["answered"] is False


def test_a_conversation_goes_on_and_is_listed(daemon: LiveDaemon, twin: str) -> None:
    with daemon.client() as client:
        first = client.answer(twin, ChatIn(message="When was the lighthouse built?"))
        again = ChatIn(message="How long is the crossing?", conversation_id=first.conversation_id)
        assert client.answer(twin, again).conversation_id == first.conversation_id
        newest = next(client.conversations(twin))
    assert (newest.id, newest.messages) == (first.conversation_id, 4)
    assert newest.title == "When was the lighthouse built?"


def test_a_follow_up_is_searched_for_as_a_question_of_its_own(
    model_daemon: LiveDaemon, model_twin: str
) -> None:
    with model_daemon.client() as client:
        first = client.answer(model_twin, ChatIn(message="Who built the lighthouse?"))
        assert first.question is None
        follow_up = ChatIn(message="and how high is it?", conversation_id=first.conversation_id)
        events = list(client.chat(model_twin, follow_up))
        stages = [event.data for event in events if event.event == "status"]
        assert stages[0] == {"stage": "searching", "question": "How high is the lighthouse?"}
        answer = client.answer(model_twin, follow_up)
        messages = list(client.messages(first.conversation_id))
    assert answer.question == "How high is the lighthouse?"
    assert "27 metres" in answer.answer
    assert [each.content for each in messages if each.role == "user"][1] == "and how high is it?"


def test_a_conversation_with_another_twin_does_not_exist(daemon: LiveDaemon, twin: str) -> None:
    with daemon.client() as client:
        first = client.answer(twin, ChatIn(message="When was the lighthouse built?"))
        other = new_twin(client, "Somebody else")
        with pytest.raises(ApiError) as caught:
            client.answer(other, ChatIn(message="Go on", conversation_id=first.conversation_id))
    assert caught.value.code == "not_found"


@pytest.mark.parametrize("question", ['"', "AND OR NOT", "*", "a" * 9000, "NEAR(", "\0", "🐝"])
def test_no_question_breaks_search_or_chat(daemon: LiveDaemon, twin: str, question: str) -> None:
    with daemon.client() as client:
        client.search(twin, SearchIn(query=question))
        assert client.answer(twin, ChatIn(message=question)).generator == "extractive"
