import json
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer

import pytest

from twinctl.client.transport import Transport
from twinctl.errors import ApiError, DaemonUnreachable


class _Answers(BaseHTTPRequestHandler):
    """Answers by path; counts the connections it was given."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1

    def do_GET(self) -> None:
        if self.path == "/problem":
            body = {"title": "Not found", "detail": "no twin x", "code": "not_found", "hint": "h"}
            self._answer(404, json.dumps(body).encode())
        elif self.path == "/broken":
            self._answer(500, b"<html>")
        elif self.path == "/odd":
            self._answer(200, b"not json")
        elif self.path == "/last":
            self._answer(200, b"{}")
            self.close_connection = True
        else:
            told = {"path": self.path, "tenant": self.headers["X-Twinctl-Tenant"]}
            self._answer(200, json.dumps(told).encode())

    def do_POST(self) -> None:
        self._answer(200, self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_: object) -> None:
        pass

    def address_string(self) -> str:
        return "socket"

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True


@contextmanager
def _serving(path: Path) -> Iterator[type[_Answers]]:
    handler = type("Answers", (_Answers,), {"connections": 0})
    with _Server(str(path), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield handler
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("s") / "d.sock"


def test_requests_carry_the_tenant_and_what_is_asked(address: Path) -> None:
    with _serving(address), Transport(address, tenant="acme") as transport:
        answer = transport.json(
            "GET", "/jobs", query={"limit": 2, "cursor": None, "status": "a b"}
        )
    assert answer == {"path": "/jobs?limit=2&status=a+b", "tenant": "acme"}


def test_one_connection_serves_many_requests(address: Path) -> None:
    with _serving(address) as handler, Transport(address) as transport:
        for number in range(5):
            assert transport.raw("POST", "/", body=str(number).encode()) == str(number).encode()
        assert handler.connections == 1


def test_a_connection_that_the_daemon_closed_is_replaced(address: Path) -> None:
    with _serving(address) as handler, Transport(address) as transport:
        for _ in range(3):
            assert transport.json("GET", "/last") == {}
            assert transport._connection is not None
            select.select([transport._connection.sock], [], [], 10)
        assert handler.connections == 3


def test_a_problem_keeps_its_code_and_hint(address: Path) -> None:
    with _serving(address), Transport(address) as transport:
        with pytest.raises(ApiError, match="no twin x") as caught:
            transport.json("GET", "/problem")
        assert (caught.value.code, caught.value.hint, caught.value.status) == (
            "not_found",
            "h",
            404,
        )
        assert transport.json("GET", "/again")["path"] == "/again"


def test_an_error_that_is_no_problem_document_is_an_error_still(address: Path) -> None:
    with (
        _serving(address),
        Transport(address) as transport,
        pytest.raises(ApiError, match="HTTP 500"),
    ):
        transport.json("GET", "/broken")


def test_an_answer_that_is_no_json_is_not_taken(address: Path) -> None:
    with _serving(address), Transport(address) as transport, pytest.raises(DaemonUnreachable):
        transport.json("GET", "/odd")


def test_nobody_on_the_socket_is_said_plainly(address: Path) -> None:
    with Transport(address) as transport, pytest.raises(DaemonUnreachable) as caught:
        transport.json("GET", "/health")
    assert caught.value.hint == "twinctl daemon start"


def test_a_path_too_long_for_a_socket_is_reached_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 40)
    folder.mkdir()
    short = tmp_path / "s"
    short.symlink_to(folder)
    with _serving(short / "d.sock"), Transport(folder / "d.sock") as transport:
        assert transport.json("GET", "/x")["path"] == "/x"
