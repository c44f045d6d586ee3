"""The routes of the audience and of metrics, asked by the client of the owner."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.corpora import coast, new_twin
from tests.support.daemon import LiveDaemon
from twinctl.client.client import TwinClient
from twinctl.client.transport import Transport
from twinctl.errors import ApiError
from twinctl.wire.answers import ChatIn
from twinctl.wire.audience import FeedbackIn, GapAnswer


def ask(client: TwinClient, twin: str, *questions: str) -> list[str]:
    """Ask in conversations of their own; return the ids of the answers."""
    answers = [client.answer(twin, ChatIn(message=question)) for question in questions]
    said = [list(client.messages(answer.conversation_id)) for answer in answers]
    return [messages[-1].id for messages in said]


def test_a_twin_that_nobody_asked_has_an_audience_of_none(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        found = client.audience(new_twin(client, "Unasked"), days=7)

    assert (found.days, found.questions, found.answered_rate) == (7, 0, None)
    assert (found.daily_visitors, len(found.daily)) == ([0] * 7, 7)
    assert (found.latency.p50_ms, found.groups, found.sources.never_total) == (None, [], 0)


def test_what_the_owner_asks_is_reported(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = coast(client, "Asked", tmp_path)
        ask(
            client,
            twin,
            "Who built the lighthouse at Skerry Point?",
            "WHO BUILT the lighthouse at Skerry Point",
            "What does a ticket to Mars cost?",
        )
        found = client.audience(twin, days=30)

    assert (found.questions, found.answered, found.answered_rate) == (3, 2, 0.6667)
    assert (found.sessions, found.daily_visitors[-1], found.returning) == (3, 0, 0)
    assert found.daily[-1].questions == found.questions
    assert [(each.channel, each.count, each.answered) for each in found.channels] == [
        ("chat", 3, 2)
    ]
    assert [(each.count, each.answered, each.trend) for each in found.groups] == [
        (2, 2, 2),
        (1, 0, 1),
    ]
    assert [(each.question, each.count, each.visitors) for each in found.gaps] == [
        ("What does a ticket to Mars cost?", 1, 0)
    ]
    assert found.gaps[0].reason == found.refusals[0].reason == "no_evidence"
    assert [(each.title, each.count) for each in found.sources.most] == [
        ("The light at Skerry Point", 2)
    ]
    assert [each.title for each in found.sources.never] == ["The Harra ferry"]
    assert found.sources.never_total == 1
    assert found.latency.p50_ms is not None
    assert found.latency.p95_ms is not None
    assert 0 < found.latency.p50_ms <= found.latency.p95_ms


def test_parts_of_the_report_agree_with_the_whole(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = coast(client, "Agreeing", tmp_path)
        ask(client, twin, "Who was the last keeper?", "Why is the sky blue?", "Who are you?")
        whole = client.audience(twin, days=3)
        board = client.dashboard(twin, days=3)
        assert client.daily(twin, days=3).days == whole.daily
        assert client.top_questions(twin, days=3).questions == whole.groups
        assert client.top_questions(twin, days=3, limit=1).questions == whole.groups[:1]

    assert board.model_dump() == whole.model_dump(include=set(board.model_dump()))
    assert sum(each.count for each in whole.refusals) == whole.questions - whole.answered
    assert sum(each.count for each in whole.groups) == whole.questions


def test_questions_of_the_same_meaning_are_one_gap_that_an_answer_closes(
    model_daemon: LiveDaemon,
) -> None:
    with model_daemon.client() as client:
        twin = new_twin(client, "Closing")
        ask(
            client,
            twin,
            "When are you open on Saturday?",
            "What are your opening hours on Saturdays?",
            "when are you open on saturday",
            "Who founded the company?",
        )
        gaps = client.audience(twin, days=1).gaps
        assert [(gap.question, gap.count) for gap in gaps] == [
            ("When are you open on Saturday?", 3),
            ("Who founded the company?", 1),
        ]
        detail = client.gap(twin, gaps[0].id)
        assert (detail.count, len(detail.questions)) == (3, 3)
        assert detail.questions[0].question == "when are you open on saturday"
        answer = GapAnswer(question="When are you open on Saturday?", answer="Ten to two.")
        closed = client.close_gap(twin, gaps[0].id, answer)
        assert (closed.asked, closed.answered, closed.still_refused) == (3, 3, [])
        after = client.audience(twin, days=1)
        assert [gap.question for gap in after.gaps] == ["Who founded the company?"]
        assert (after.questions, after.answered) == (4, 0)
        assert [each.id for each in client.verified(twin)] == [closed.verified_id]
        assert client.gap(twin, gaps[0].id).count == 0


def test_the_owner_rates_an_answer_and_takes_it_back(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Rating")
        [message_id] = ask(client, twin, "Why?")
        for rating, counts in (("up", (1, 0)), ("down", (0, 1)), (None, (0, 0))):
            rated = client.rate(message_id, FeedbackIn.model_validate({"feedback": rating}))
            assert rated.feedback == rating
            feedback = client.audience(twin, days=1).feedback
            assert (feedback.up, feedback.down) == counts
        with pytest.raises(ApiError) as caught:
            client.rate("msg_none", FeedbackIn(feedback="up"))
        assert caught.value.status == 404


def test_what_there_is_not_is_not_found_and_nonsense_is_refused(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Nothing here")
        given = GapAnswer(question="Why?", answer="So.")
        for call in (
            lambda: client.audience("nobody", days=1),
            lambda: client.dashboard("nobody", days=1),
            lambda: client.gap(twin, "grp_none"),
            lambda: client.close_gap(twin, "grp_none", given),
        ):
            with pytest.raises(ApiError) as caught:
                call()
            assert caught.value.status == 404
        for days in (0, -1, 10**9):
            with pytest.raises(ApiError) as caught:
                client.audience(twin, days=days)
            assert caught.value.status == 422
        assert list(client.verified(twin)) == []
        assert client.forget(twin, "vis_nobody").events == 0


def test_a_greeting_is_neither_a_question_nor_a_gap(daemon: LiveDaemon, tmp_path: Path) -> None:
    with daemon.client() as client:
        twin = coast(client, "Greeted", tmp_path)
        ids = ask(client, twin, "Hello!", "Thanks", "What does a ticket to Mars cost?")
        client.rate(ids[0], FeedbackIn(feedback="up"))
        found = client.audience(twin, days=1)

    assert (found.questions, found.answered, found.sessions) == (1, 0, 3)
    assert [each.question for each in found.gaps] == ["What does a ticket to Mars cost?"]
    assert [each.count for each in found.refusals] == [1]


def test_tenants_do_not_see_each_others_audience(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Hidden")
        [message_id] = ask(client, twin, "Why?")
        [gap] = client.audience(twin, days=1).gaps
    daemon.json("tenants", "create", "stranger")
    with daemon.client(tenant="stranger") as stranger:
        own = new_twin(stranger, "Own")
        for call in (
            lambda: stranger.audience(twin, days=1),
            lambda: stranger.gap(own, gap.id),
            lambda: stranger.forget(twin, "vis_1"),
            lambda: stranger.rate(message_id, FeedbackIn(feedback="up")),
        ):
            with pytest.raises(ApiError) as caught:
                call()
            assert caught.value.status == 404
        assert stranger.audience(own, days=1).questions == 0


def samples(daemon: LiveDaemon) -> dict[tuple[str, ...], float]:
    """Return what the metrics tell, by name and labels."""
    with Transport(daemon.home.socket) as transport:
        text = transport.raw("GET", "/metrics").decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_monitoring_system_reads_the_metrics(daemon: LiveDaemon) -> None:
    refused = ("twinctl_answers_total", "chat", "refused")
    with daemon.client() as client:
        twin = new_twin(client, "Monitored")
        before = samples(daemon)
        ask(client, twin, "Why?", "Why not?")
        after = samples(daemon)

    assert after[refused] - before.get(refused, 0.0) == 2
    assert after["twinctl_answer_seconds_count",] >= 2
    assert after["twinctl_jobs", "queued"] == 0
    assert after["process_resident_memory_bytes",] > 10**7
    assert {("twinctl_sources",), ("twinctl_chunks",)} <= after.keys()
    assert not [labels for labels in after if twin in labels]
