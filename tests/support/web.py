"""A web server on loopback that answers what a test tells it to."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from twind.ingest.fetch.addresses import Resolve

DRIP_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that arrived: its path with the query, and its headers."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent; a body in pieces is sent without its length."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""


class WebServer:
    """Answers by path; what it has no reply for is 404.

    Attributes:
        replies: By path with the query; a function is given the request.
        asked: Every request in order.
        stopping: Set when the test is over, so that a reply that drips may end.
    """

    def __init__(self, port: int, scheme: str) -> None:
        self.port = port
        self.scheme = scheme
        self.replies: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def page(self, path: str, text: str, content_type: str = "text/html; charset=utf-8") -> None:
        """Answer `path` with text in UTF-8."""
        headers = {"Content-Type": content_type}
        self.replies[path] = Reply(headers=headers, body=text.encode())

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        """Answer `path` with a redirect."""
        self.replies[path] = Reply(status=status, headers={"Location": target})

    def reply(self, asked: Asked) -> Reply:
        """Return what is answered to a request."""
        self.asked.append(asked)
        reply = self.replies.get(asked.path, Reply(status=404, body=b"There is no such page."))
        return reply if isinstance(reply, Reply) else reply(asked)

    def dripping(self, piece: bytes) -> Iterator[bytes]:
        """Yield `piece` again and again, slowly, until the test is over."""
        while not self.stopping.wait(DRIP_S):
            yield piece


def resolving_to(*addresses: str) -> Resolve:
    """Return a resolver for which every host has these addresses."""

    def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolve


@contextmanager
def web_server(tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """Yield a server on a free port of 127.0.0.1; with `tls` it speaks HTTPS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = web.reply(Asked(path=self.path, headers=dict(self.headers.items())))
            with suppress(OSError):
                _send(self, reply)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    web = WebServer(server.server_address[1], "http" if tls is None else "https")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if isinstance(reply.body, bytes):
        handler.send_header("Content-Length", str(len(reply.body)))
    handler.send_header("Connection", "close")
    handler.end_headers()
    for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
        handler.wfile.write(piece)
    handler.close_connection = True
