"""Fetching from a real server on loopback."""

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme

from tests.support.web import Asked, Reply, WebServer, resolving_to, web_server
from twinctl.wire.codes import ErrorCode
from twind.domain.sources import Origin, Source, SourceKind
from twind.errors import Cancelled, FetchFailed, InvalidInput, TwindError
from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.base import Fetched
from twind.ingest.fetch.url import UrlFetcher
from twind.jobs.handler import Passing
from twind.store.store import Tenant

MEGABYTE = 1 << 20
PAGE = "<!doctype html><title>Slate</title><p>Slate splits into thin plates."


@dataclass(slots=True, kw_only=True)
class Context:
    """What a job would give its handler."""

    tenant: Tenant
    lines: list[tuple[str, str]] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def report(self, done: int, total: int | None) -> None:
        """Say nothing."""

    def log(self, level: str, message: str) -> None:
        self.lines.append((level, message))

    def check(self) -> None:
        if self.cancelled.is_set():
            raise Cancelled("the work was cancelled")

    def completing(self) -> AbstractContextManager[None]:
        return self.tenant.transaction()


@pytest.fixture
def web() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def context(tenant: Tenant) -> Context:
    return Context(tenant=tenant)


def a_source(tenant: Tenant, twin: str, url: str) -> Source:
    return tenant.sources.add(twin, SourceKind.URL, url, "Title")


@pytest.fixture
def fetch(context: Context, twin: str) -> Callable[[str], Fetched]:
    """Fetch an address with 127.0.0.1 allowed, 1 MB and 10 seconds at most."""

    def run(url: str) -> Fetched:
        fetcher = UrlFetcher(Guard("127.0.0.1"), max_bytes=MEGABYTE, timeout_s=10.0)
        return fetcher(a_source(context.tenant, twin, url), context)

    return run


def failure(act: Callable[[], Fetched], kind: type[TwindError] = FetchFailed) -> TwindError:
    with pytest.raises(kind) as caught:
        act()
    return caught.value


def left_aside(tenant: Tenant) -> list[Path]:
    """Return the bytes that lie aside though no source needs them."""
    folder = tenant.blobs.put_bytes(b"probe").path
    folder.unlink()
    return list(folder.parent.iterdir())


Fetch = Callable[[str], Fetched]


def test_a_page_is_fetched_with_what_its_server_states(web: WebServer, fetch: Fetch) -> None:
    headers = {
        "Content-Type": "text/html; charset=ISO-8859-1",
        "ETag": '"7"',
        "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT",
    }
    web.replies["/slate"] = Reply(headers=headers, body=PAGE.encode())

    fetched = fetch(web.url("/slate"))

    assert fetched.blob.path.read_bytes() == PAGE.encode()
    assert (fetched.name, fetched.is_page, fetched.charset) == ("slate.html", True, "iso-8859-1")
    assert fetched.origin == Origin(
        url=web.url("/slate"), etag='"7"', last_modified="Sun, 06 Nov 1994 08:49:37 GMT"
    )
    (asked,) = web.asked
    assert "twinctl" in asked.headers["User-Agent"]
    assert "If-None-Match" not in asked.headers


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_a_packed_answer_is_unpacked(
    web: WebServer, fetch: Fetch, packed: Callable[[bytes], bytes]
) -> None:
    coding = "gzip" if packed is gzip.compress else "deflate"
    web.replies["/"] = Reply(headers={"Content-Encoding": coding}, body=packed(PAGE.encode()))

    assert fetch(web.url()).blob.path.read_bytes() == PAGE.encode()


def test_the_log_says_where_it_came_from(web: WebServer, fetch: Fetch, context: Context) -> None:
    web.redirect("/old", "/new")
    web.page("/new", PAGE)

    fetch(web.url("/old"))

    assert context.lines == [("info", f"{web.url('/new')} answered 200")]


def test_redirects_are_followed_to_the_address_where_they_end(
    web: WebServer, fetch: Fetch
) -> None:
    web.redirect("/old", "/newer", 301)
    web.redirect("/newer", web.url("/new"), 308)
    web.page("/new", PAGE)

    fetched = fetch(web.url("/old"))

    assert (fetched.origin.url, fetched.name) == (web.url("/new"), "new.html")


def test_what_cannot_be_said_back_to_the_server_is_not_kept(web: WebServer, fetch: Fetch) -> None:
    web.replies["/"] = Reply(headers={"ETag": '"\xe9"', "Last-Modified": ""}, body=PAGE.encode())

    assert fetch(web.url()).origin == Origin(url=web.url())


@pytest.mark.parametrize("target", ["http://[", "http://exa mple.org/", "http://:99999/"])
def test_a_redirect_to_nonsense_ends_there(web: WebServer, fetch: Fetch, target: str) -> None:
    web.redirect("/", target)

    assert failure(lambda: fetch(web.url())).code in {ErrorCode.CORRUPT, ErrorCode.ADDRESS_REFUSED}


def test_a_cookie_that_a_redirect_sets_comes_back(web: WebServer, fetch: Fetch) -> None:
    def answer(asked: Asked) -> Reply:
        if "seen=1" in asked.headers.get("Cookie", ""):
            return Reply(headers={"Content-Type": "text/html"}, body=PAGE.encode())
        return Reply(status=302, headers={"Location": "/", "Set-Cookie": "seen=1"})

    web.replies["/"] = answer

    assert fetch(web.url()).blob.bytes == len(PAGE)


def test_redirects_without_end_are_given_up(web: WebServer, fetch: Fetch) -> None:
    web.redirect("/", "/")

    assert failure(lambda: fetch(web.url())).code is ErrorCode.TOO_MANY_REDIRECTS
    assert len(web.asked) == 11


@pytest.mark.parametrize(
    "target",
    [
        *(
            "http://localhost:{port}/secret",
            "http://[::1]:{port}/secret",
            "http://0:{port}/secret",
        ),
        *("http://2130706433:{port}/secret", "http://user:word@127.0.0.1:{port}/secret"),
        *("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"),
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_a_redirect_to_where_nothing_may_be_fetched_ends_there(
    web: WebServer, fetch: Fetch, target: str
) -> None:
    web.redirect("/", target.format(port=web.port))
    web.page("/secret", PAGE)

    assert failure(lambda: fetch(web.url())).code is ErrorCode.ADDRESS_REFUSED
    assert [asked.path for asked in web.asked] == ["/"]


def test_this_machine_is_refused_unless_it_is_allowed(
    web: WebServer, context: Context, twin: str
) -> None:
    source = a_source(context.tenant, twin, web.url())
    fetcher = UrlFetcher(Guard(""), max_bytes=MEGABYTE, timeout_s=10.0)

    refused = failure(lambda: fetcher(source, context))

    assert refused.code is ErrorCode.ADDRESS_REFUSED
    assert "ingest.private_hosts 127.0.0.1" in str(refused.hint)
    assert web.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    web: WebServer, context: Context, twin: str
) -> None:
    looked_up = []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.255.255.1"]

    web.page("/", PAGE)
    fetcher = UrlFetcher(Guard("site.test", resolve), max_bytes=MEGABYTE, timeout_s=10.0)

    fetcher(a_source(context.tenant, twin, web.url(host="site.test")), context)

    assert looked_up == ["site.test"]
    assert web.asked[0].headers["Host"] == f"site.test:{web.port}"


def test_the_next_address_of_a_host_is_tried_when_one_is_dead(
    web: WebServer, context: Context, twin: str
) -> None:
    web.page("/", PAGE)
    guard = Guard("site.test", resolving_to("::1", "127.0.0.1"))
    fetcher = UrlFetcher(guard, max_bytes=MEGABYTE, timeout_s=10.0)

    assert fetcher(a_source(context.tenant, twin, web.url(host="site.test")), context).is_page


def test_proxies_of_the_environment_are_not_used(
    web: WebServer, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    web.page("/", PAGE)

    assert fetch(web.url()).blob.bytes == len(PAGE)


def test_a_certificate_is_checked_by_the_name_of_the_host(
    context: Context, twin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("site.test").configure_cert(tls)
    guard = Guard("site.test,other.test", resolving_to("127.0.0.1"))
    fetcher = UrlFetcher(guard, max_bytes=MEGABYTE, timeout_s=10.0)

    with web_server(tls) as web:
        web.page("/", PAGE)
        good, bad = (
            a_source(context.tenant, twin, web.url(host=host))
            for host in ("site.test", "other.test")
        )
        assert fetcher(good, context).is_page
        refused = failure(lambda: fetcher(bad, context))

    assert (refused.code, len(web.asked)) == (ErrorCode.UNREACHABLE, 1)
    assert "safely" in refused.message


def test_nobody_listening_fails_at_once(web: WebServer, fetch: Fetch) -> None:
    assert failure(lambda: fetch("http://127.0.0.1:1/")).code is ErrorCode.UNREACHABLE


@pytest.mark.parametrize("status", [403, 404, 500])
def test_the_body_of_an_error_is_never_content(
    web: WebServer, fetch: Fetch, context: Context, status: int
) -> None:
    web.replies["/"] = Reply(status=status, body=PAGE.encode())

    failure(lambda: fetch(web.url()), TwindError)

    assert left_aside(context.tenant) == []


def test_what_is_too_large_is_not_read_to_its_end(
    web: WebServer, fetch: Fetch, context: Context
) -> None:
    web.replies["/"] = Reply(body=(bytes(MEGABYTE // 4) for _ in range(4_000)))

    assert failure(lambda: fetch(web.url()), InvalidInput).code is ErrorCode.TOO_LARGE
    assert left_aside(context.tenant) == []


def test_a_bomb_is_measured_by_what_it_unpacks_to(web: WebServer, fetch: Fetch) -> None:
    bomb = gzip.compress(gzip.compress(bytes(200 * MEGABYTE)))
    web.replies["/"] = Reply(headers={"Content-Encoding": "gzip, gzip"}, body=bomb)

    assert len(bomb) < 2_000
    assert failure(lambda: fetch(web.url()), InvalidInput).code is ErrorCode.TOO_LARGE


def test_what_is_not_packed_as_it_says_is_damaged(web: WebServer, fetch: Fetch) -> None:
    web.replies["/"] = Reply(headers={"Content-Encoding": "gzip"}, body=PAGE.encode())

    assert failure(lambda: fetch(web.url())).code is ErrorCode.CORRUPT


def test_an_answer_that_breaks_off_may_be_whole_next_time(
    web: WebServer, fetch: Fetch, context: Context
) -> None:
    web.replies["/"] = Reply(headers={"Content-Length": "1000"}, body=iter([PAGE.encode()]))

    broken = failure(lambda: fetch(web.url()), Passing)

    assert broken.code is ErrorCode.SERVER_UNAVAILABLE
    assert left_aside(context.tenant) == []


def test_an_answer_that_drips_ends_with_its_time(
    web: WebServer, context: Context, twin: str
) -> None:
    web.replies["/"] = Reply(body=web.dripping(b"x"))
    fetcher = UrlFetcher(Guard("127.0.0.1"), max_bytes=MEGABYTE, timeout_s=0.3)

    slow = failure(lambda: fetcher(a_source(context.tenant, twin, web.url()), context))

    assert slow.code is ErrorCode.FETCH_TIMEOUT
    assert "ingest.fetch_timeout_s" in str(slow.hint)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_ends_with_its_time(
    context: Context, twin: str, scheme: str
) -> None:
    fetcher = UrlFetcher(Guard("127.0.0.1"), max_bytes=MEGABYTE, timeout_s=0.3)

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/"
        slow = failure(lambda: fetcher(a_source(context.tenant, twin, url), context), TwindError)

    assert slow.code is ErrorCode.FETCH_TIMEOUT


def test_cancelling_reaches_the_fetch(web: WebServer, context: Context, fetch: Fetch) -> None:
    def drip() -> Iterator[bytes]:
        for count, piece in enumerate(web.dripping(b"x")):
            if count == 2:
                context.cancelled.set()
            yield piece

    web.replies["/"] = Reply(body=drip())

    failure(lambda: fetch(web.url()), Cancelled)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("image/png", b"\x89PNG"),
        ("application/rss+xml", b"<rss></rss>"),
        ("text/xml", b'<?xml version="1.0"?><rss version="2.0"></rss>'),
        ("application/zip", b"PK\x03\x04"),
    ],
)
def test_what_has_no_text_of_its_own_is_unsupported(
    web: WebServer, fetch: Fetch, context: Context, content_type: str, body: bytes
) -> None:
    web.replies["/thing"] = Reply(headers={"Content-Type": content_type}, body=body)

    assert failure(lambda: fetch(web.url("/thing"))).code is ErrorCode.UNSUPPORTED
    assert left_aside(context.tenant) == []
