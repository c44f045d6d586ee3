"""A server of the OpenAI protocol on loopback, which answers as the real ones do."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from typing import Any

STREAM = "text/event-stream"
JSON = "application/json; charset=utf-8"
KEY = "sk-test-4f1d9a7c2b8e"

LOOK_S = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that arrived."""

    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent: pieces as they are, each in a chunk of its own.

    Attributes:
        breaks: Whether the connection ends without the end of the answer.
        stalls: Whether nothing more comes until the other side hangs up; without pieces, not even
            a head.
    """

    status: int = 200
    content_type: str = STREAM
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Sequence[bytes] = ()
    breaks: bool = False
    stalls: bool = False


class LoopbackEndpoint:
    """Answers chats with what a test prepared, and `/models` with what it has.

    Attributes:
        url: What `models.endpoint_url` takes.
        models: Names of its models.
        key: What it asks for; None asks for nothing.
        replies: Answers to chats, the next one first; the last is repeated.
        asked: Every request, in order.
        hung_up: Set once somebody went away while a reply stalled.
        stopping: Set when the test is over.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.models = ["llama3"]
        self.key: str | None = None
        self.replies: list[Reply] = [ollama("All is well.")]
        self.asked: list[Asked] = []
        self.hung_up = threading.Event()
        self.stopping = threading.Event()

    @property
    def chats(self) -> list[Any]:
        """Bodies of the chats that were asked for."""
        return [asked.body for asked in self.asked if asked.path.endswith("/chat/completions")]

    def reply(self, asked: Asked) -> Reply:
        """Return the answer to a request."""
        self.asked.append(asked)
        if self.key is not None and asked.headers.get("authorization") != f"Bearer {self.key}":
            return openai_error(401, f"Incorrect API key: {asked.headers.get('authorization')}")
        if asked.path.endswith("/models"):
            listed = [{"id": name, "object": "model", "owned_by": "me"} for name in self.models]
            return document({"object": "list", "data": listed})
        if asked.path.endswith("/count"):
            words = [message["content"].split() for message in asked.body["messages"]]
            return document({"tokens": sum(len(each) for each in words)})
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


def event(said: object, end: str = "\n") -> bytes:
    """Return one event with JSON, or with a text as it is."""
    text = said if isinstance(said, str) else json.dumps(said)
    return f"data: {text}{end}{end}".encode()


def chunk(delta: object, finish: str | None = None, **more: object) -> dict[str, object]:
    """Return a `chat.completion.chunk`."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {
        "id": "chatcmpl-7",
        "object": "chat.completion.chunk",
        "created": 1760000000,
        "model": "llama3",
        "choices": [choice],
        **more,
    }


def words_of(text: str) -> list[str]:
    """Return a text in pieces, as a model writes it."""
    first, *others = text.split(" ")
    return [first, *(f" {word}" for word in others)]


def ollama(text: str, finish: str = "stop") -> Reply:
    """Say `text` as Ollama does: the role in every chunk, an empty last one."""
    pieces = [event(chunk({"role": "assistant", "content": word})) for word in words_of(text)]
    last = event(chunk({"role": "assistant", "content": ""}, finish))
    return Reply(pieces=[*pieces, last, event("[DONE]")])


def openai(text: str, finish: str = "stop") -> Reply:
    """Say `text` as OpenAI does: the role first, the usage last, without choices."""
    first = event(chunk({"role": "assistant", "content": "", "refusal": None}))
    pieces = [event(chunk({"content": word})) for word in words_of(text)]
    usage = {**chunk({}), "choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 3}}
    return Reply(pieces=[first, *pieces, event(chunk({}, finish)), event(usage), event("[DONE]")])


def llama_server(text: str, finish: str = "stop") -> Reply:
    """Say `text` as llama-server does: a null content first, timings last."""
    first = event(chunk({"role": "assistant", "content": None}))
    pieces = [event(chunk({"content": word})) for word in words_of(text)]
    last = event(chunk({}, finish, timings={"predicted_n": 3, "predicted_ms": 12.5}))
    return Reply(pieces=[first, *pieces, last, event("[DONE]")])


def vllm(text: str, finish: str = "stop") -> Reply:
    """Say `text` as vLLM does: the reason to stop in the chunk of the last word."""
    first = event(chunk({"role": "assistant", "content": "", "reasoning_content": None}))
    *words, last = words_of(text)
    pieces = [event(chunk({"content": word})) for word in words]
    end = event(chunk({"content": last}, finish, stop_reason=None))
    return Reply(pieces=[first, *pieces, end, event("[DONE]")])


def hosted(text: str) -> Reply:
    """Say `text` as gateways do: comments while nothing comes, lines that end with CRLF."""
    pieces = [event(chunk({"content": word}), "\r\n") for word in words_of(text)]
    comment = b": PROCESSING\r\n\r\n"
    end = [event(chunk({}, "stop"), "\r\n"), event("[DONE]", "\r\n")]
    return Reply(
        content_type="text/event-stream; charset=utf-8", pieces=[comment, *pieces, comment, *end]
    )


def document(said: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with one JSON document."""
    body = json.dumps(said).encode()
    return Reply(status=status, content_type=JSON, headers=headers or {}, pieces=[body])


def openai_error(
    status: int,
    message: str,
    *,
    code: str | None = None,
    parameter: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Refuse as OpenAI and Ollama do."""
    error = {"message": message, "type": "api_error", "param": parameter, "code": code}
    return document({"error": error}, status, headers)


def llama_server_error(status: int, message: str, kind: str) -> Reply:
    """Refuse as llama-server does."""
    return document({"error": {"code": status, "message": message, "type": kind}}, status)


def vllm_error(status: int, message: str, kind: str) -> Reply:
    """Refuse as older versions of vLLM do."""
    said = {"object": "error", "message": message, "type": kind, "param": None, "code": status}
    return document(said, status)


@contextmanager
def loopback_endpoint(
    uds: Path | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[LoopbackEndpoint]:
    """Yield a server on a free port of 127.0.0.1, over TLS if asked for, or on a UNIX socket."""
    endpoint = LoopbackEndpoint("http://localhost/v1")
    server: ThreadingHTTPServer | ThreadingUnixStreamServer
    if uds is None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(endpoint))
        scheme = "http" if tls is None else "https"
        endpoint.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/v1"
    else:
        server = ThreadingUnixStreamServer(str(uds), _handler(endpoint))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(LOOK_S,))
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(endpoint: LoopbackEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: object) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = endpoint.reply(Asked(path=self.path, headers=headers, body=body))
            with suppress(OSError):
                if reply.pieces or not reply.stalls:
                    _send(self, reply)
            if reply.stalls:
                _stall(self.connection, endpoint)

        def address_string(self) -> str:
            return "loopback"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.close_connection = True
    handler.send_response(reply.status)
    handler.send_header("Content-Type", reply.content_type)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.send_header("Connection", "close")
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    for piece in reply.pieces:
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
    if not reply.breaks and not reply.stalls:
        handler.wfile.write(b"0\r\n\r\n")


def _stall(connection: socket.socket, endpoint: LoopbackEndpoint) -> None:
    while not endpoint.stopping.wait(LOOK_S):
        if _has_hung_up(connection):
            endpoint.hung_up.set()
            return


def _has_hung_up(connection: socket.socket) -> bool:
    try:
        # Below TLS, which cannot be looked into without taking something out.
        return not socket.socket.recv(connection, 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
