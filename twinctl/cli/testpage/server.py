"""Serves the test page on loopback, which to a browser is another site than the listener."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, urlsplit

from twinctl.errors import TwinctlError

FOLDER = Path(__file__).parent
HOST = "127.0.0.1"
_FILES = {
    "/page.css": "text/css; charset=utf-8",
    "/page.js": "text/javascript; charset=utf-8",
    "/frame.css": "text/css; charset=utf-8",
    "/frame.js": "text/javascript; charset=utf-8",
}
_HTML = "text/html; charset=utf-8"
_OUTER = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'"
_INNER = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; connect-src {base}; "
    "frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_MODES = ("bubble", "inline", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What the pages embed.

    Attributes:
        base: Address of the public listener.
        twin: Slug of the twin.
        name: What the twin is called.
        key: A publishable key for pages of this machine.
    """

    base: str
    twin: str
    name: str
    key: str


@contextmanager
def test_page(embedded: Embedded, port: int) -> Iterator[str]:
    """Serve the test page while the context lasts; give its address.

    Args:
        embedded: What its pages embed.
        port: To listen on; 0 for any that is free.

    Raises:
        TwinctlError: The port is taken, or not for everybody.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), _handler(embedded))
    except OSError as error:
        raise TwinctlError(f"port {port}: {error.strerror}", hint="--port 0 takes any") from error
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(embedded: Embedded) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer with a page or one of its files."""
            path = urlsplit(self.path)
            if self.headers.get("Host", "").rpartition(":")[0] not in {HOST, "localhost"}:
                self._send(HTTPStatus.MISDIRECTED_REQUEST, _HTML, b"")
            elif path.path == "/":
                self._send(HTTPStatus.OK, _HTML, _outer(embedded), _OUTER)
            elif path.path == "/frame":
                nonce = secrets.token_urlsafe(16)
                policy = _INNER.format(nonce=nonce, base=embedded.base)
                self._send(HTTPStatus.OK, _HTML, _inner(embedded, path.query, nonce), policy)
            elif path.path in _FILES:
                body = (FOLDER / path.path[1:]).read_bytes()
                self._send(HTTPStatus.OK, _FILES[path.path], body)
            else:
                self._send(HTTPStatus.NOT_FOUND, _HTML, b"")

        def _send(self, status: HTTPStatus, kind: str, body: bytes, policy: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Security-Policy", policy or "default-src 'none'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the page shows what happens."""

    return Handler


def _outer(embedded: Embedded) -> bytes:
    page = Template((FOLDER / "page.html").read_text("utf-8"))
    return page.substitute(name=escape(embedded.name)).encode()


def _inner(embedded: Embedded, query: str, nonce: str) -> bytes:
    """Return a page with the widget, as its switches in the query want it."""
    wanted = {name: values[0] for name, values in parse_qs(query).items()}
    mode = wanted.get("mode", "")
    attributes = {
        "twin": embedded.twin,
        "key": embedded.key,
        "mode": mode if mode in _MODES else _MODES[0],
        "color": wanted.get("color", ""),
    }
    page = Template((FOLDER / "frame.html").read_text("utf-8"))
    return page.substitute(
        nonce=nonce,
        base=escape(embedded.base),
        direction="rtl" if wanted.get("direction") == "rtl" else "ltr",
        theme={"light": "light", "dark": "dark"}.get(wanted.get("theme", ""), "light dark"),
        mode=attributes["mode"],
        attributes=" ".join(
            f'data-{name}="{escape(value)}"' for name, value in attributes.items() if value
        ),
    ).encode()
