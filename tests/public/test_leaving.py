"""Visitors who go away while their answer is still being written."""

import json
import socket
from collections.abc import Callable, Iterator

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


def post(path: str, body: object, *lines: str) -> bytes:
    """Return a request as it is sent."""
    sent = json.dumps(body).encode()
    head = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *lines]
    return "\r\n".join([*head, f"Content-Length: {len(sent)}", "", ""]).encode() + sent


def of_a_program(side: PublicSide) -> socket.socket:
    """Ask for a completion in one piece."""
    key = side.key(kind="secret", origins=[])["key"]
    body = {"model": "default", "messages": [{"role": "user", "content": QUESTION}]}
    connection = side.connect()
    connection.sendall(post("/v1/chat/completions", body, f"Authorization: Bearer {key}"))
    return connection


def of_the_owner(side: PublicSide) -> socket.socket:
    """Ask for an answer in one piece, on the socket of the owner."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(side.daemon.home.socket))
    connection.sendall(post("/chat/default", {"message": QUESTION, "stream": False}))
    return connection


@pytest.mark.parametrize("ask", [of_a_program, of_the_owner])
def test_the_work_stops_when_nobody_waits_for_an_answer_in_one_piece(
    side: PublicSide, endpoint: LoopbackEndpoint, ask: Callable[[PublicSide], socket.socket]
) -> None:
    prepare_to_stall(endpoint, "The gate of the upper field")
    endpoint.asked.clear()
    with ask(side):
        wait_until(lambda: bool(endpoint.chats))

    assert endpoint.hung_up.wait(SOON_S)
    prepare(endpoint, f"{SAID} [1]")
    assert side.daemon.json("ask", QUESTION)["answered"]


def test_what_fails_inside_is_told_without_its_cause(
    side: PublicSide, endpoint: LoopbackEndpoint
) -> None:
    prepare(endpoint, f"{SAID} [1]")
    with side.page(side.key()["key"], source="127.0.4.1") as page:
        page.begin()
        told = page.say(message=QUESTION).text

    assert endpoint.url not in told
    assert "llama3" not in told
