"""Visitors of a twin in public: pages that ask over HTTP, and connections that send raw bytes."""

import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.support.daemon import LiveDaemon

SITE = "https://example.com"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came back over a raw connection, in bytes as they came; nothing if it was cut off."""

    raw: bytes

    @property
    def status(self) -> int:
        """The status; 0 for none."""
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    @property
    def headers(self) -> dict[str, str]:
        """The headers, by small names."""
        head = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1")
        lines = (line.partition(":") for line in head.split("\r\n")[1:])
        return {name.lower(): value.strip() for name, _, value in lines}

    @property
    def body(self) -> bytes:
        """What follows the head."""
        return self.raw.partition(b"\r\n\r\n")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSide:
    """The public listener of a daemon."""

    daemon: LiveDaemon
    host: str
    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}:{self.port}"

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """Return a connection from an address of this machine."""
        return socket.create_connection(
            (self.host, self.port), timeout=PATIENCE_S, source_address=(source, 0)
        )

    def send(self, request: bytes, source: str = "127.0.0.1") -> Answered:
        """Send bytes and return everything that comes back until the other side hangs up."""
        with self.connect(source) as connection:
            with suppress(OSError):  # it may answer, and hang up, before everything is sent
                connection.sendall(request)
            return Answered(raw=received(connection))

    def get(self, path: str, *lines: str, host: str | None = None) -> Answered:
        """Ask for a path just as it is written, with further lines of the head."""
        return self._ask("GET", path, lines, host)

    def head(self, path: str, *lines: str, host: str | None = None) -> Answered:
        """Ask for the head alone; see `get`."""
        return self._ask("HEAD", path, lines, host)

    def _ask(self, method: str, path: str, lines: Sequence[str], host: str | None) -> Answered:
        named = self.host if host is None else host
        head = [f"{method} {path} HTTP/1.1", f"Host: {named}", "Connection: close", *lines]
        return self.send("\r\n".join(head).encode("latin-1") + b"\r\n\r\n")

    def key(self, **wanted: Any) -> dict[str, Any]:
        """Make a key over the owner's socket; publishable and for `SITE` unless told else."""
        body = {"name": "site", "kind": "publishable", "origins": [SITE], **wanted}
        made: dict[str, Any] = self.owner("POST", "/api-keys", body)
        return made

    def owner(self, method: str, path: str, body: object = None) -> Any:
        """Return what the owner's application answers on the socket."""
        transport = httpx2.HTTPTransport(uds=str(self.daemon.home.socket))
        with httpx2.Client(transport=transport, base_url="http://owner", timeout=60) as client:
            answer = client.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    @contextmanager
    def page(
        self, key: str, *, origin: str | None = SITE, source: str = "127.0.0.1", **headers: str
    ) -> Iterator["Page"]:
        """Yield a page of a site with a key, seen by a visitor at an address."""
        transport = httpx2.HTTPTransport(local_address=source)
        sent = {"Origin": origin} if origin is not None else {}
        with httpx2.Client(
            transport=transport, base_url=self.url, headers={**sent, **headers}, timeout=60
        ) as client:
            yield Page(client=client, key=key)


@dataclass(slots=True, kw_only=True)
class Page:
    """A page with the widget, as far as the server sees it."""

    client: httpx2.Client
    key: str
    twin: str = "default"
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def begin(self, **wanted: object) -> httpx2.Response:
        """Ask for a session, and go on with its token if there is one."""
        answer = self.client.post(
            f"/chat-widget/{self.twin}/session",
            json=wanted,
            headers={**self.headers, "Authorization": f"Bearer {self.key}"},
        )
        if answer.is_success:
            self.token = answer.json()["token"]
        return answer

    def say(self, **said: object) -> httpx2.Response:
        """Send what the visitor says, and wait for the whole answer."""
        return self.client.post(
            f"/chat-widget/{self.twin}",
            json=said,
            headers={**self.headers, "Authorization": f"Bearer {self.token}"},
        )

    def ask(self, message: str, **more: object) -> list[tuple[str, Any]]:
        """Ask and return the events of the answer."""
        answer = self.say(message=message, **more)
        assert answer.status_code == 200, answer.text
        return events_of(answer.text)


def events_of(text: str) -> list[tuple[str, Any]]:
    """Return server-sent events by name, with what they tell."""
    events = []
    for part in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in part.splitlines() if ": " in line)
        if "event" in fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def received(connection: socket.socket) -> bytes:
    """Return all that comes until the other side hangs up or breaks off."""
    parts = []
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@contextmanager
def public_side(root: Path, settings: str = "") -> Iterator[PublicSide]:
    """Yield the public listener of a new daemon without an embedding model.

    `settings` are further lines of the table `public`.
    """
    root.mkdir(parents=True)
    (root / "config.toml").write_text(
        f'[models]\nembedding = "none"\n[public]\nlisten = "127.0.0.1:0"\n{settings}'
    )
    daemon = LiveDaemon(root=root)
    daemon.start()
    try:
        yield found_side(daemon)
    finally:
        daemon.stop()


def found_side(daemon: LiveDaemon) -> PublicSide:
    """Return the public listener of a daemon that runs."""
    with daemon.client() as client:
        listen = client.listener().listen
    assert listen is not None
    host, _, port = listen.rpartition(":")
    return PublicSide(daemon=daemon, host=host, port=int(port))
