"""`kill -9` while people ask: every answer that was given is counted, once."""

import threading
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import wait_until
from twinctl.errors import DaemonUnreachable
from twinctl.wire.answers import ChatIn

KILLS = 3
ANSWERS_A_LIFE = 25


def ask_until_killed(daemon: LiveDaemon, acknowledged: list[str]) -> None:
    """Ask one question after the other; keep the conversations whose answer came back whole."""
    with daemon.client() as client:
        while True:
            question = f"What is the price of ticket {len(acknowledged) % 7}?"
            try:
                answer = client.answer("default", ChatIn(message=question))
            except DaemonUnreachable:
                return
            acknowledged.append(answer.conversation_id)


def kept_answers(daemon: LiveDaemon) -> list[str]:
    """Return the ids of all answers that conversations hold."""
    with daemon.client() as client:
        return [
            message.id
            for conversation in client.conversations("default")
            for message in client.messages(conversation.id)
            if message.role == "assistant"
        ]


@pytest.mark.slow
def test_no_answered_question_is_lost_or_counted_twice(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        acknowledged: list[str] = []
        for _ in range(KILLS):
            before = len(acknowledged)
            asking = threading.Thread(target=ask_until_killed, args=[daemon, acknowledged])
            asking.start()
            wait_until(lambda: len(acknowledged) >= before + ANSWERS_A_LIFE)  # noqa: B023
            daemon.kill()
            asking.join()
            daemon.start()

        answers = kept_answers(daemon)
        with daemon.client() as client:
            found = client.audience("default", days=2)
        assert len(acknowledged) <= len(answers) <= len(acknowledged) + KILLS
        assert found.questions == len(answers)
        assert sum(group.count for group in found.groups) == len(answers)
        assert len(found.groups) == 7
        assert sum(gap.count for gap in found.gaps) == found.questions - found.answered
