"""The child's protocol on a real socket: streams, refusals, order, and who hangs up."""

import http.client
import json
import socket
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.gguf import Shape, write_gguf
from tests.support.waiting import wait_until
from twind.models.llama import Llama
from twind.models.llama_prefixes import PrefixStates
from twind.models.llama_server import LlamaServer
from twind.models.llama_writer import Writer, Writing

TOKEN = "the right one"
CONTEXT = 4096
RULES = {"role": "system", "content": "you are a mason and answer from your notes only"}


class WatchedWriter(Writer):
    """Remembers what it wrote."""

    def __init__(self, llama: Llama, states: PrefixStates) -> None:
        super().__init__(llama, states)
        self.writings: list[Writing] = []
        self.ended: list[Writing] = []

    def write(self, writing: Writing, pulse: Callable[[], None]) -> Generator[str, None, None]:
        self.writings.append(writing)
        try:
            yield from super().write(writing, pulse)
        finally:
            self.ended.append(writing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A server under test."""

    path: Path
    writer: WatchedWriter
    connections: list["Connection"] = field(default_factory=list)

    def open(self) -> "Connection":
        connection = Connection(self.path)
        self.connections.append(connection)
        return connection

    def ask(self, method: str, path: str, body: object = None, token: str = TOKEN) -> Any:
        connection = self.open()
        connection.send_request(method, path, body, token)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


class Connection(http.client.HTTPConnection):
    """HTTP over a UNIX socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))

    def send_request(self, method: str, path: str, body: object, token: str = TOKEN) -> None:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.request(method, path, sent, {"Authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    folder = tmp_path_factory.mktemp("models")
    model = write_gguf(folder / "tiny.gguf", Shape(context_tokens=CONTEXT))
    llama = Llama(model, context_tokens=CONTEXT, threads=1)
    writer = WatchedWriter(llama, PrefixStates(folder / "states", model, "1"))
    with tempfile.TemporaryDirectory() as short:
        path = Path(short) / "s"
        with LlamaServer(path, writer, TOKEN) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            child = Child(path=path, writer=writer)
            yield child
            for connection in child.connections:
                connection.close()
            server.shutdown()
            thread.join()


def chat(text: str, **more: object) -> dict[str, object]:
    return {"messages": [RULES, {"role": "user", "content": text}], "max_tokens": 12, **more}


def stream(child: Child, body: dict[str, object]) -> list[Any]:
    """Return the events of a stream, without comments; the last is text."""
    connection = child.open()
    connection.send_request("POST", "/v1/chat/completions", {**body, "stream": True})
    response = connection.getresponse()
    assert response.headers["Content-Type"] == "text/event-stream"
    events = [part for part in response.read().decode().split("\n\n") if part[:1] not in ("", ":")]
    data = [event.removeprefix("data: ") for event in events]
    return [json.loads(one) for one in data[:-1]] + data[-1:]


def test_a_stream_holds_the_text_then_why_it_ended(child: Child) -> None:
    *pieces, last, done = stream(child, chat("how wide?"))
    assert done == "[DONE]"
    assert last["choices"][0] == {"index": 0, "delta": {}, "finish_reason": "length"}
    assert all(piece["choices"][0]["finish_reason"] is None for piece in pieces)
    text = "".join(piece["choices"][0]["delta"]["content"] for piece in pieces)
    status, whole = child.ask("POST", "/v1/chat/completions", chat("how wide?"))
    assert status == 200
    assert whole["choices"][0]["message"] == {"role": "assistant", "content": text}


def test_a_stream_tells_what_it_cost_where_that_is_asked(child: Child) -> None:
    *_, counted, _done = stream(child, chat("why?", stream_options={"include_usage": True}))
    _, count = child.ask("POST", "/v1/count", chat("why?"))
    assert counted["choices"] == []
    assert counted["usage"]["prompt_tokens"] == count["tokens"]
    assert counted["usage"]["completion_tokens"] == 12
    assert counted["usage"]["total_tokens"] == count["tokens"] + 12


def test_the_second_question_with_the_same_rules_evaluates_little(child: Child) -> None:
    child.ask("POST", "/v1/chat/completions", chat("how high?"))
    other = {"messages": [{"role": "user", "content": "what is bread?"}], "max_tokens": 3}
    child.ask("POST", "/v1/chat/completions", other)
    _, second = child.ask("POST", "/v1/chat/completions", chat("and how long?"))
    rules = {"messages": [RULES]}
    _, prefix = child.ask("POST", "/v1/count", rules)
    cached = second["usage"]["prompt_tokens_details"]["cached_tokens"]
    assert abs(cached - prefix["tokens"]) <= 20
    assert cached > 20


def test_whoever_hangs_up_is_not_written_for(child: Child) -> None:
    connection = child.open()
    connection.send_request(
        "POST", "/v1/chat/completions", chat("go on", stream=True, max_tokens=CONTEXT)
    )
    response = connection.getresponse()
    while not response.readline().startswith(b"data:"):
        pass
    (writing,) = (one for one in child.writer.writings if one.wanted.max_tokens == CONTEXT)
    response.close()
    connection.close()
    wait_until(lambda: writing in child.writer.ended)
    assert writing.written_tokens < CONTEXT - len(writing.prompt)


def test_answers_are_written_one_behind_the_other(child: Child) -> None:
    known = len(child.writer.writings)
    connections = []
    for number in range(4):
        connection = child.open()
        body = chat(f"question {number}", stream=True, max_tokens=60 + number)
        connection.send_request("POST", "/v1/chat/completions", body)
        connections.append(connection)
    texts = [connection.getresponse().read() for connection in connections]
    assert all(b"[DONE]" in text for text in texts)
    begun, ended = child.writer.writings[known:], child.writer.ended[-4:]
    assert len(begun) == 4
    assert [id(one) for one in begun] == [id(one) for one in ended]


def test_a_prompt_that_is_too_long_is_refused_before_the_stream_begins(child: Child) -> None:
    body = chat("how wide " * CONTEXT, stream=True)
    status, refusal = child.ask("POST", "/v1/chat/completions", body)
    assert status == 400
    assert refusal["error"]["code"] == "context_length_exceeded"
    assert str(CONTEXT) in refusal["error"]["message"]


@pytest.mark.parametrize("token", ["", "the wrong one"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/health"), ("POST", "/v1/count"), ("POST", "/v1/chat/completions")],
)
def test_nothing_is_told_without_the_token(
    child: Child, method: str, path: str, token: str
) -> None:
    status, refusal = child.ask(method, path, chat("how wide?"), token)
    assert status == 401
    assert set(refusal) == {"error"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("POST", "/v1/completions", {}, 404, id="another path"),
        pytest.param("POST", "/v1/count", b"{", 400, id="no JSON"),
        pytest.param("POST", "/v1/count", [], 400, id="no object"),
        pytest.param("POST", "/v1/count", {"messages": []}, 400, id="no message"),
        pytest.param("POST", "/v1/chat/completions", {"messages": "?"}, 400, id="no messages"),
        pytest.param(
            "POST", "/v1/chat/completions", chat("?", max_tokens=0), 400, id="no room for a word"
        ),
    ],
)
def test_what_is_no_request_is_refused(
    child: Child, method: str, path: str, body: object, status: int
) -> None:
    given, refusal = child.ask(method, path, body)
    assert given == status
    assert refusal["error"]["message"]


def test_a_child_that_is_well_says_so(child: Child) -> None:
    assert child.ask("GET", "/health") == (200, {"status": "ok"})
