"""Ctrl-C in the middle of an answer, against a daemon whose answer never ends."""

import json
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer

import pytest

from tests.support.terminal import Terminal
from twinctl import __version__

TWIN = {
    "id": "twn_1",
    "slug": "default",
    "name": "Endless",
    "description": "",
    "persona": {"voice": "", "language": "", "greeting": "", "refusal": "", "mode": "strict"},
    "sources": 1,
    "chunks": 1,
    "created_at": "2026-01-01T00:00:00Z",
}


class _Endless(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hung_up = threading.Event()

    def do_GET(self) -> None:
        told = {"version": __version__} if self.path == "/health/ready" else TWIN
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.wfile.write(b'event: meta\ndata: {"conversation_id": "cnv_1"}\n\n')
            while True:
                self.wfile.write(b'event: delta\ndata: {"text": "and so on "}\n\n')
                self.hung_up.wait(0.01)
        except OSError:
            self.hung_up.set()

    def log_message(self, *_: object) -> None:
        pass

    def address_string(self) -> str:
        return "socket"


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True


@pytest.fixture
def endless() -> Iterator[Path]:
    """Yield a home whose socket is served by a daemon that never finishes an answer."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "run").mkdir()
        with _Server(str(home / "run" / "daemon.sock"), _Endless) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield home
            finally:
                server.shutdown()
                thread.join()


def test_ctrl_c_stops_the_answer_and_the_chat_goes_on(endless: Path) -> None:
    with Terminal("chat", environ={"TWINCTL_HOME": str(endless)}) as terminal:
        terminal.expect("> ")
        terminal.type("Does it end?\n")
        terminal.expect("and so on and so on")
        terminal.type("\x03")
        terminal.expect("(stopped; this answer is not kept)")
        terminal.expect("> ")
        assert _Endless.hung_up.wait(30)
        terminal.type("\x04")
        terminal.expect("twinctl chat -c cnv_1")
        assert terminal.end() == 0
