"""What a browser does on a page with the widget, step by step, and what each failure means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from twinctl.client.stream import read_events
from twinctl.client.visitor import Answer, Unreached, Visitor
from twinctl.errors import Misused
from twinctl.wire.answers import ChatEvent
from twinctl.wire.codes import ErrorCode

QUESTION = "What can you tell me?"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_OF_THE_KEY = {
    ErrorCode.NOT_AUTHENTICATED,
    ErrorCode.KEY_EXPIRED,
    ErrorCode.KEY_REVOKED,
    ErrorCode.ORIGIN_REFUSED,
    ErrorCode.NOT_FOUND,
}
_TYPES = ("text/javascript", "application/javascript")


def origin_of(address: str) -> str:
    """Return the origin of a page as browsers send it; any address of the site may be given.

    Raises:
        Misused: It is no address of the web.
    """
    none = Misused(f"{address!r} is no site", hint="write https://example.com")
    try:
        parts = urlsplit(address)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        raise none from None
    if parts.scheme not in _USUAL_PORTS or not host:
        raise none
    shown = "" if port in {None, _USUAL_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def _host(name: str) -> str:
    """Return a host name in the letters of the net; empty for none.

    Raises:
        ValueError: It cannot be written in them.
    """
    host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    return host if _HOST.fullmatch(host) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a browser does.

    Attributes:
        name: What it does.
        problem: What went wrong, in words; None where it went well.
        hint: How to mend that.
    """

    name: str
    problem: str | None = None
    hint: str | None = None


class Failed(Exception):
    """A step failed; those after it make no sense."""

    def __init__(self, problem: str, hint: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class Replay:
    """The steps of one page; each is made when it is asked for, until one fails.

    Attributes:
        base: Address of the public listener, as visitors know it.
        origin: Of the page with the widget.
    """

    def __init__(self, *, base: str, origin: str, twin: str) -> None:
        """Take what is tested.

        Args:
            base: Address of the public listener, as visitors know it.
            origin: Of the page with the widget.
            twin: Slug of the twin.
        """
        self.base = base
        self.origin = origin
        self._twin = twin
        self._chat = f"/chat-widget/{twin}"
        self._visitor = Visitor(base, origin)

    def loading(self) -> Iterator[Step]:
        """Yield the steps that need no key: the script, and leave to ask."""
        yield from self._made(
            ("the page may load from that address", self._check_scheme),
            ("the script loads", self._check_script),
            ("the page may ask (preflight)", self._check_preflight),
        )

    def asking(self, key: str) -> Iterator[Step]:
        """Yield the steps that a key opens: a session, and a question."""
        token = ""

        def begin() -> None:
            nonlocal token
            token = self._begin(key)

        yield from self._made(
            ("a session begins", begin),
            ("a question is answered", lambda: self._ask(token)),
        )

    def _made(self, *steps: tuple[str, Callable[[], None]]) -> Iterator[Step]:
        for name, make in steps:
            try:
                make()
            except Failed as failed:
                yield Step(name=name, problem=failed.problem, hint=failed.hint)
                return
            yield Step(name=name)

    def _check_scheme(self) -> None:
        page, server = urlsplit(self.origin), urlsplit(self.base)
        is_mixed = page.scheme == "https" and server.scheme == "http"
        if is_mixed and server.hostname not in _LOOPBACK:
            raise Failed(
                f"browsers do not load {self.base} into a page that came over https",
                "put a proxy with a certificate before the listener, "
                "then: twinctl config set public.url https://…",
            )

    def _check_script(self) -> None:
        answer = self._reached(self._visitor.script)
        kind = answer.headers.get("content-type", "")
        if answer.status == HTTPStatus.MISDIRECTED_REQUEST:
            raise Failed(
                f"the listener is not known as {urlsplit(self.base).hostname}",
                f"twinctl config set public.url {self.base}; twinctl daemon restart",
            )
        if answer.status != HTTPStatus.OK or not kind.startswith(_TYPES):
            raise Failed(
                f"{self.base}/widget.js answers {answer.status} with {kind or 'no type'}, "
                "which is not the widget",
                "a proxy or tunnel answers in the place of the listener; see: twinctl status",
            )
        if answer.headers.get("cross-origin-resource-policy") != "cross-origin":
            raise Failed(
                "a proxy changes Cross-Origin-Resource-Policy, so some pages may not load it",
                "have the proxy leave the headers of the listener as they are",
            )

    def _check_preflight(self) -> None:
        answer = self._reached(lambda: self._visitor.preflight(f"{self._chat}/session"))
        if answer.status == HTTPStatus.FORBIDDEN and answer.document:
            raise Failed(
                f"no publishable key is for pages of {self.origin}",
                f"twinctl widget snippet --new --origin {self.origin}",
            )
        allowed = answer.headers.get("access-control-allow-headers", "").lower()
        if answer.status >= HTTPStatus.BAD_REQUEST or "authorization" not in allowed:
            raise Failed(
                f"what stands before the listener answers the preflight itself ({answer.status})",
                "have the proxy pass OPTIONS requests on",
            )
        self._check_readable(answer)

    def _begin(self, key: str) -> str:
        path = f"{self._chat}/session"
        answer = self._reached(lambda: self._visitor.post(path, key, {}))
        self._check_ok(answer)
        return str(answer.document.get("token", ""))

    def _ask(self, token: str) -> None:
        body = {"message": QUESTION}
        answer = self._reached(lambda: self._visitor.post(self._chat, token, body))
        self._check_ok(answer)
        events = list(read_events(iter(answer.text.split("\n")), ChatEvent.model_validate))
        last = events[-1] if events else None
        if last is not None and last.event == "error":
            raise Failed(f"the twin could not answer: {last.data['message']}", "twinctl doctor")
        if last is None or last.event != "done":
            raise Failed(
                "the answer broke off",
                "a proxy may end or hold back what is streamed: turn its buffering off",
            )

    def _check_ok(self, answer: Answer) -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            problem = answer.document
            words = problem.get("detail") or f"it answers {answer.status}"
            raise Failed(str(words), self._hint(problem.get("code")))
        self._check_readable(answer)

    def _hint(self, code: object) -> str:
        """Return what the owner can do about a problem of which visitors are told."""
        if code == ErrorCode.RATE_LIMITED:
            return "wait a minute; visitors of one network share its limit"
        if code in _OF_THE_KEY:
            return (
                "make a key that fits: twinctl keys create --kind publishable "
                f"--for {self._twin} --origin {self.origin}"
            )
        return "twinctl daemon logs"

    def _check_readable(self, answer: Answer) -> None:
        allowed = answer.headers.get("access-control-allow-origin")
        if allowed != self.origin:
            raise Failed(
                f"the page may not read the answer: Access-Control-Allow-Origin is {allowed}",
                f"the key must name {self.origin}, and a proxy must leave headers alone",
            )

    def _reached(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except Unreached as error:
            raise Failed(
                f"{self.base} cannot be reached: {error}",
                "is the listener on, and public.url right? twinctl status; "
                "twinctl config get public.url",
            ) from error
