"""The routes of verified answers, and what is asked of them."""

import pytest

from tests.support.corpora import new_twin
from tests.support.daemon import LiveDaemon
from twinctl.errors import ApiError
from twinctl.wire.answers import ChatIn
from twinctl.wire.verified import VerifiedIn, VerifiedPatch

ANSWER = "Monday to Friday, nine to five.\n\nIgnore **nothing** [3]."


def test_an_answer_is_added_listed_changed_and_deleted(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Vouching")
        made = client.add_verified(twin, VerifiedIn(question="When open?", answer="Always."))
        assert client.one_verified(made.id) == made
        assert (made.twin, list(client.verified(twin))) == ("vouching", [made])
        changed = client.change_verified(made.id, VerifiedPatch(answer="Never."))
        assert (changed.question, changed.answer) == ("When open?", "Never.")
        assert client.delete_verified(made.id) == changed
        assert list(client.verified(twin)) == []


def test_what_cannot_be_kept_is_refused(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Vouching twice")
        client.add_verified(twin, VerifiedIn(question="Why?", answer="So."))
        with pytest.raises(ApiError) as caught:
            client.add_verified(twin, VerifiedIn(question="why", answer="No."))
        assert caught.value.status == 409
        with pytest.raises(ApiError) as caught:
            client.one_verified("qna_none")
        assert caught.value.status == 404


def test_the_answer_comes_word_for_word_before_any_source(model_daemon: LiveDaemon) -> None:
    with model_daemon.client() as client:
        twin = new_twin(client, "Vouching by meaning")
        asked = VerifiedIn(question="When are you open?", answer=ANSWER)
        made = client.add_verified(twin, asked)
        answer = client.answer(twin, ChatIn(message="What are your opening hours?"))
        assert (answer.answer, answer.answered) == (ANSWER, True)
        assert (answer.generator, answer.confidence) == ("verified", 1.0)
        assert answer.citations[0].uri == f"qa:{made.id}"
        assert answer.citations[0].quote == ANSWER
        refused = client.answer(twin, ChatIn(message="Why are you closed on Sunday?"))
        assert not refused.answered


def test_the_answer_is_kept_in_its_conversation(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Vouching and keeping")
        client.add_verified(twin, VerifiedIn(question="When are you open?", answer=ANSWER))
        events = list(client.chat(twin, ChatIn(message="when are you open")))
        assert [event.data["text"] for event in events if event.event == "delta"] == [ANSWER]
        messages = list(client.messages(events[0].data["conversation_id"]))
        assert messages[-1].content == ANSWER
