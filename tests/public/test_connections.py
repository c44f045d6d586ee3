"""Connections that are slow, or many, and what becomes of the others."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.visitors import PATIENCE_S, PublicSide, received
from twind.public.listener import PublicListener
from twind.public.slow import Patience

NEVER = 3600.0
HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]}
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"


def test_others_are_answered_while_a_thousand_send_slowly(side: PublicSide) -> None:
    with ExitStack() as stack:
        for n in range(1000):
            slow = stack.enter_context(side.connect(f"127.2.{n // 250}.{1 + n % 250}"))
            slow.sendall(b"POST /chat-widget/default HTTP/1.1\r\nHost: loc")

        for _ in range(20):
            assert side.get("/health").status == 200


def test_one_address_does_not_take_the_place_of_others(side: PublicSide) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(side.connect("127.3.0.1")) for _ in range(1000)]
        assert side.get("/health").status == 200

        cut_off = 0
        for connection in slow:
            connection.setblocking(False)  # noqa: FBT003 - its one argument
            with suppress(BlockingIOError):
                cut_off += received(connection) == b""
    assert cut_off >= 900


async def hello(_: Scope, receive: Receive, send: Send) -> None:
    """Answer once the body has come."""
    while (await receive()).get("more_body"):
        pass
    await send(HEAD)
    await send({"type": "http.response.body", "body": b"hello"})


class Flood:
    """Answers with more than anybody holds for a reader, and notes when that one is given up."""

    def __init__(self) -> None:
        self.has_given_up = threading.Event()

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in [b"x" * 65536] * 200:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if (await receive())["type"] == "http.disconnect":
            self.has_given_up.set()


@contextmanager
def served(patience: Patience, app: ASGIApp = hello) -> Iterator[tuple[str, int]]:
    """Yield the address of a listener."""
    listener = PublicListener(app, url="", patience=patience)
    address = listener.start("127.0.0.1", 0)
    try:
        yield address.host, address.port
    finally:
        listener.stop()


def connected(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=PATIENCE_S)


def answered(connection: socket.socket, request: bytes) -> bool:
    """Send a request, or the rest of one, and return whether it is answered."""
    connection.sendall(request)
    told = b""
    while not told.endswith(b"hello"):
        part = connection.recv(65536)
        if not part:
            return False
        told += part
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-More: "])
def test_a_head_that_does_not_come_is_not_waited_for(sent: bytes) -> None:
    with (
        served(Patience(head_s=0, body_s=NEVER, reading_s=NEVER)) as address,
        connected(address) as slow,
    ):
        with suppress(OSError):
            slow.sendall(sent)

        assert received(slow) == b""


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with (
        served(Patience(head_s=NEVER, body_s=0, reading_s=NEVER)) as address,
        connected(address) as slow,
    ):
        slow.sendall(POST + b"1")

        assert received(slow) == b""


def test_bytes_that_come_in_time_move_no_deadline() -> None:
    with (
        served(Patience(head_s=0.3, body_s=NEVER, reading_s=NEVER)) as address,
        connected(address) as slow,
    ):
        sent = 0
        with suppress(OSError):
            while sent < 100_000:
                slow.sendall(b"GET / HTTP/1.1\r\nX: "[sent : sent + 1] or b"x")
                slow.settimeout(0.01)
                with suppress(TimeoutError):
                    if not slow.recv(1):
                        break
                sent += 1

        assert sent < 100_000


def test_a_second_head_has_its_deadline_too() -> None:
    with (
        served(Patience(head_s=1, body_s=NEVER, reading_s=NEVER)) as address,
        connected(address) as slow,
    ):
        assert answered(slow, GET)
        slow.sendall(b"GET / HT")

        assert received(slow) == b""


def test_requests_that_come_whole_are_answered_one_after_another() -> None:
    with (
        served(Patience(head_s=NEVER, body_s=NEVER, reading_s=NEVER)) as address,
        connected(address) as visitor,
    ):
        for request in (GET, POST + b"12", GET):
            assert answered(visitor, request)


def test_a_reader_that_does_not_read_is_given_up() -> None:
    flood = Flood()
    with (
        served(Patience(head_s=NEVER, body_s=NEVER, reading_s=0.1), flood) as address,
        connected(address) as deaf,
    ):
        deaf.sendall(GET)

        assert flood.has_given_up.wait(PATIENCE_S)


def test_one_address_has_so_many_connections_and_no_more() -> None:
    patience = Patience(head_s=NEVER, body_s=NEVER, reading_s=NEVER, most_an_address=2)
    with served(patience) as address, connected(address) as first:
        with connected(address) as second, connected(address) as refused:
            assert received(refused) == b""
            assert answered(second, GET)
        assert answered(first, GET)


def test_who_has_asked_nothing_yet_gives_way_when_all_places_are_taken() -> None:
    patience = Patience(head_s=NEVER, body_s=NEVER, reading_s=NEVER, most=2)
    with served(patience) as address, connected(address) as asking:
        asking.sendall(POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        assert asking.recv(65536).startswith(b"HTTP/1.1 100")
        with connected(address) as silent, connected(address) as newest:
            assert received(silent) == b""
            assert answered(newest, GET)
            assert answered(asking, b"12")
