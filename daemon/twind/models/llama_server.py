"""The OpenAI-compatible protocol in front of a writer, on a UNIX socket. Runs in the child only.

    POST /v1/chat/completions   {"messages", "max_tokens", "temperature", "stream",
                                "stream_options"}; with `stream` as server-sent events
    POST /v1/count              {"messages"} -> {"tokens"}
    GET  /health                {"status": "ok"}

Every request needs the bearer token. One answer is written at a time, the others wait in the
order in which they came; comments in the stream tell who waits that nothing has died. Whoever
hangs up is not written for any longer.
"""

import hmac
import json
import socket
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from typing import Any

from twind.models import llama_protocol as protocol
from twind.models.llama import LlamaFailed
from twind.models.llama_events import TextStream
from twind.models.llama_protocol import Refused
from twind.models.llama_turns import Turns
from twind.models.llama_writer import Writer, Writing

LONGEST_BODY_BYTES = 1 << 24
COMMENT = b": still here\n\n"
PEEK = socket.MSG_PEEK | socket.MSG_DONTWAIT


class HungUp(Exception):
    """Nobody reads any longer."""


class LlamaServer(ThreadingUnixStreamServer):
    """Serves one writer."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, writer: Writer, token: str) -> None:
        super().__init__(str(path), _Handler)
        self.writer = writer
        self.turns = Turns()
        self.authorization = f"Bearer {token}".encode()


class _Handler(BaseHTTPRequestHandler):
    server: LlamaServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer({"/health": lambda _: self._send_json({"status": "ok"})})

    def do_POST(self) -> None:
        self._answer({"/v1/chat/completions": self._complete, "/v1/count": self._count})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name upstream
        """Say nothing: the daemon knows what it asked."""

    def _answer(self, paths: Mapping[str, Callable[[bytes], None]]) -> None:
        self.close_connection = True
        with suppress(HungUp, ConnectionError):
            try:
                body = self._body()
                self._asked_for(paths)(body)
            except Refused as refused:
                self._send_json({"error": refused.problem}, refused.status)

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length", "0"))
        if length > LONGEST_BODY_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too long")
        return self.rfile.read(length)

    def _asked_for(self, paths: Mapping[str, Callable[[bytes], None]]) -> Callable[[bytes], None]:
        given = self.headers.get("Authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, self.server.authorization):
            raise Refused(HTTPStatus.UNAUTHORIZED, "the token is wrong")
        if self.path not in paths:
            raise Refused(HTTPStatus.NOT_FOUND, f"there is no {self.path}")
        return paths[self.path]

    def _count(self, body: bytes) -> None:
        asked = protocol.parse(protocol.CountIn, body)
        self._send_json({"tokens": protocol.count(self.server.writer, asked)})

    def _complete(self, body: bytes) -> None:
        asked = protocol.parse(protocol.CompletionIn, body)
        writing = protocol.begin(self.server.writer, asked)
        if asked.stream:
            self._stream(writing, with_usage=asked.stream_options.include_usage)
        else:
            self._complete_at_once(writing)

    def _complete_at_once(self, writing: Writing) -> None:
        try:
            with self.server.turns.take(self._look):
                text = "".join(self.server.writer.write(writing, self._look))
        except LlamaFailed as failed:
            problem = {"error": protocol.failure(failed)}
            self._send_json(problem, HTTPStatus.INTERNAL_SERVER_ERROR)
        else:
            self._send_json(protocol.completion(writing, text))

    def _stream(self, writing: Writing, *, with_usage: bool) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        text = TextStream(self._send_chunk)
        try:
            with (
                self.server.turns.take(self._comment),
                closing(self.server.writer.write(writing, self._pulse(writing))) as pieces,
            ):
                for piece in pieces:
                    text.add(piece)
        except LlamaFailed as failed:
            text.end({"error": protocol.failure(failed)})
        else:
            usage = [protocol.usage_chunk(writing)] if with_usage else []
            text.end(protocol.last_chunk(writing), *usage)
            self._send_chunk(b"data: [DONE]\n\n")
        self._send_chunk(b"")

    def _pulse(self, writing: Writing) -> Callable[[], None]:
        """Return what to do between steps: comments while the prompt is read, then only a look."""
        return lambda: self._look() if writing.written_tokens else self._comment()

    def _comment(self) -> None:
        self._look()
        self._send_chunk(COMMENT)

    def _look(self) -> None:
        """Notice when the other side hung up."""
        try:
            if not self.connection.recv(1, PEEK):
                raise HungUp
        except BlockingIOError:
            return

    def _send_chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def _send_json(self, answer: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        encoded = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(encoded)
