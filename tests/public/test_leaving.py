"""Visitors who go away while their answer is still being written."""

from collections.abc import Iterator

import pytest

from tests.support.endpoint import LoopbackEndpoint, loopback_endpoint
from tests.support.visitors import PublicSide, found_side
from tests.support.waiting import wait_until
from tests.support.written import prepare, prepare_to_stall, written_daemon
from twinctl.wire.public import ListenerIn

SOON_S = 30.0
SAID = "The gate of the upper field is opened at seven in the morning."
QUESTION = "When is the gate of the upper field opened?"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[LoopbackEndpoint]:
    """Yield a server that writes answers."""
    with loopback_endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def side(
    endpoint: LoopbackEndpoint, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PublicSide]:
    """Yield a public listener whose answers the server writes."""
    root = tmp_path_factory.mktemp("leaving") / "home"
    with written_daemon(root, endpoint, embedding="none") as daemon:
        daemon.json("ingest", "-", stdin=SAID)
        with daemon.client() as client:
            client.start_listener(ListenerIn())
        yield found_side(daemon)


def test_the_work_stops_when_a_visitor_leaves(
    side: PublicSide, endpoint: LoopbackEndpoint
) -> None:
    prepare_to_stall(endpoint, "The gate of the upper field")
    with side.page(side.key()["key"]) as page:
        page.begin()
        headers = {"Authorization": f"Bearer {page.token}"}
        asked = {"message": QUESTION}
        with page.client.stream(
            "POST", "/chat-widget/default", json=asked, headers=headers
        ) as answer:
            lines = answer.iter_lines()
            assert next(lines) == "event: meta"
            wait_until(lambda: bool(endpoint.asked))

        assert endpoint.hung_up.wait(SOON_S)
        prepare(endpoint, f"{SAID} [1]")
        wait_until(lambda: page.say(message=QUESTION).status_code == 200)


def test_what_fails_inside_is_told_without_its_cause(
    side: PublicSide, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{SAID} [1]")
    with side.page(side.key()["key"], source="127.0.4.1") as page:
        page.begin()
        told = page.say(message=QUESTION).text

    assert endpoint.url not in told
    assert "llama3" not in told
