"""A daemon that is killed over a question of a share link does not count it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.support.daemon import LiveDaemon
from tests.support.endpoint import loopback_endpoint
from tests.support.waiting import wait_until
from tests.support.written import prepare, prepare_to_stall, written_daemon
from twinctl.wire.public import ListenerIn
from twinctl.wire.shares import ShareIn

SAID = "The gate of the upper field is opened at seven in the morning."
ASKED = {"message": "When is the gate of the upper field opened?"}


@contextmanager
def visiting(daemon: LiveDaemon, link: str) -> Iterator[httpx2.Client]:
    """Yield a visitor's client that has begun a session over a link."""
    with daemon.client() as owner:
        listener = owner.start_listener(ListenerIn())
    with httpx2.Client(base_url=f"http://{listener.listen}", timeout=60) as visitor:
        token = visitor.get(f"/public/validate-share/{link}").json()["token"]
        visitor.headers["Authorization"] = f"Bearer {token}"
        yield visitor


def questions(daemon: LiveDaemon) -> int:
    """Return how many questions of the only link are counted."""
    with daemon.client() as owner:
        [link] = owner.shares("default")
    return link.questions


@pytest.mark.slow
def test_a_question_that_a_killed_daemon_left_open_is_counted_no_longer(tmp_path: Path) -> None:
    with (
        loopback_endpoint() as endpoint,
        written_daemon(tmp_path / "home", endpoint, embedding="none") as daemon,
    ):
        daemon.json("ingest", "-", stdin=SAID)
        with daemon.client() as owner:
            made = owner.create_share("default", ShareIn(max_questions=2))
        link = made.path.removeprefix("/share/")
        with visiting(daemon, link) as visitor:
            prepare(endpoint, f"{SAID} [1]")
            assert visitor.post(f"/public/chat/{link}", json=ASKED).is_success
            prepare_to_stall(endpoint, "The gate of the upper field")
            endpoint.asked.clear()
            with visitor.stream("POST", f"/public/chat/{link}", json=ASKED):
                wait_until(lambda: bool(endpoint.asked))
                assert questions(daemon) == 2
                daemon.kill()
        daemon.start()
        assert questions(daemon) == 1
