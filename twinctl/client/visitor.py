"""HTTP as a visitor's browser speaks it to the public listener, from the page of an origin."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 60.0
LONGEST_BYTES = 1 << 20
AGENT = "twinctl-widget-test/1 (bot)"
"""Says that no person asks, so that a test is not part of the audience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON object of the body; empty where it is none."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Unreached(Exception):
    """Nothing answers, or what answers speaks no HTTP; the message says which."""


class Visitor:
    """Asks one server on behalf of a page."""

    def __init__(self, base: str, origin: str) -> None:
        """Take whom to ask.

        Args:
            base: Address of the public listener, as visitors know it.
            origin: Of the page.
        """
        self._parts = urlsplit(base)
        self._headers = {"Origin": origin, "Referer": f"{origin}/", "User-Agent": AGENT}

    def script(self) -> Answer:
        """Return what the page's script element gets."""
        return self._ask("GET", "/widget.js")

    def preflight(self, path: str) -> Answer:
        """Return what a browser is told that asks whether it may post to `path`."""
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        return self._ask("OPTIONS", path, headers=asked)

    def post(self, path: str, token: str, body: Mapping[str, object]) -> Answer:
        """Return what comes back for JSON sent with a token, once it is all there."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return self._ask("POST", path, headers=headers, body=json.dumps(body).encode())

    def _ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        connection = self._connection()
        try:
            target = self._parts.path.rstrip("/") + path
            connection.request(method, target, body, {**self._headers, **(headers or {})})
            got = connection.getresponse()
            text = got.read(LONGEST_BYTES).decode("utf-8", "replace")
            named = {name.lower(): value for name, value in got.getheaders()}
            return Answer(status=got.status, headers=named, text=text)
        except (OSError, http.client.HTTPException) as error:
            raise Unreached(_in_words(error)) from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S)
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "it does not speak TLS"),
    (socket.gaierror, "there is no such host"),
    (TimeoutError, f"it is silent for {TIMEOUT_S:g} seconds"),
    (ConnectionRefusedError, "nothing listens there"),
)


def _in_words(error: Exception) -> str:
    known = (words for kind, words in _WORDS if isinstance(error, kind))
    return next(known, str(error) or type(error).__name__)
