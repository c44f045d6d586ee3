"""Pages and documents of the web, from the command line to the answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.pdfs import a_pdf
from tests.support.web import Asked, Reply, WebServer, web_server
from twinctl.errors import ApiError
from twinctl.wire.sources import UrlIn

SETTINGS = {"TWINCTL_INGEST_PRIVATE_HOSTS": "127.0.0.1", "TWINCTL_MODELS_EMBEDDING": "none"}


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon that may fetch from 127.0.0.1, though not from other private hosts."""
    running = LiveDaemon(root=tmp_path_factory.mktemp("web") / "home")
    started = running.run("daemon", "start", environ=SETTINGS)
    assert started.returncode == 0, started.stderr
    yield running
    running.stop()


@pytest.fixture
def web() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


def article(title: str, *paragraphs: str, head: str = "") -> str:
    """Return a page that is long enough to be one."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


BEES = [
    "A hive holds about forty thousand bees in June, and fewer than ten thousand in winter.",
    "The queen lays up to two thousand eggs a day while the lime trees are in flower.",
    "Workers live six weeks in summer; those hatched in autumn live until the spring.",
]


def ingest(daemon: LiveDaemon, *arguments: str) -> dict[str, Any]:
    (source,) = daemon.json("ingest", *arguments)["sources"]
    assert source["status"] == "live", source
    return dict(source)


def failed(daemon: LiveDaemon, *arguments: str) -> tuple[str, str]:
    """Return the code and the hint of what an ingest fails with."""
    done = daemon.run("ingest", *arguments)
    assert done.returncode == 1, done.stderr
    (source,) = [
        source
        for source in daemon.json("sources", "list")["sources"]
        if source["uri"] == arguments[0]
    ]
    assert source["status"] == "failed"
    return source["error"]["code"], source["error"]["hint"] or ""


def text_of(daemon: LiveDaemon, source: dict[str, Any]) -> str:
    return daemon.run("sources", "text", source["id"]).stdout


def test_a_page_becomes_a_source_that_is_found(daemon: LiveDaemon, web: WebServer) -> None:
    web.page("/bees", article("On Bees", *BEES))

    source = ingest(daemon, web.url("/bees#top").replace("http", "HTTP", 1))

    assert (source["kind"], source["uri"], source["title"]) == ("url", web.url("/bees"), "On Bees")
    assert source["chunks"] > 0
    hits = daemon.json("search", "eggs a day while the lime trees flower")["hits"]
    assert source["id"] in {hit["source_id"] for hit in hits}


def test_what_a_page_states_of_itself_is_kept(daemon: LiveDaemon, web: WebServer) -> None:
    head = (
        '<link rel="canonical" href="https://Example.org/bees">'
        '<meta name="author" content="Ada Apiarist">'
        '<meta property="article:published_time" content="2021-05-04T08:00:00Z">'
    )
    web.page("/bees?session=7", article("The book of bees", *BEES, head=head))

    shown = daemon.json("sources", "show", ingest(daemon, web.url("/bees?session=7"))["id"])

    assert (shown["title"], shown["author"]) == ("The book of bees", "Ada Apiarist")
    assert shown["url"] == "https://example.org/bees"
    assert shown["published"].startswith("2021-05-04")
    assert shown["url"] in daemon.run("sources", "show", shown["id"]).stdout


def test_a_page_that_has_not_changed_is_asked_for_once_only(
    daemon: LiveDaemon, web: WebServer
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("If-None-Match") == '"1"':
            return Reply(status=304)
        headers = {"Content-Type": "text/html", "ETag": '"1"'}
        return Reply(headers=headers, body=article("Kept", *BEES).encode())

    web.replies["/kept"] = answer
    first = ingest(daemon, web.url("/kept"))
    shown = daemon.json("sources", "show", first["id"])

    ingest(daemon, web.url("/kept"))

    assert daemon.json("sources", "show", first["id"])["indexed_at"] == shown["indexed_at"]
    assert [asked.headers.get("If-None-Match") for asked in web.asked] == [None, '"1"']


def test_what_is_to_be_read_anew_is_fetched_whole(daemon: LiveDaemon, web: WebServer) -> None:
    headers = {"Content-Type": "text/html", "ETag": '"1"'}
    web.replies["/anew"] = Reply(headers=headers, body=article("Anew", *BEES).encode())
    source = ingest(daemon, web.url("/anew"))

    daemon.json("sources", "reindex", source["id"])
    titled = ingest(daemon, web.url("/anew"), "--title", "My bees")

    assert (titled["id"], titled["title"]) == (source["id"], "My bees")
    assert {asked.headers.get("If-None-Match") for asked in web.asked} == {None}


def test_a_page_that_changed_takes_the_place_of_the_old(
    daemon: LiveDaemon, web: WebServer
) -> None:
    web.page("/news", article("News", "The harvest is in July this year.", *BEES))
    first = ingest(daemon, web.url("/news"))
    web.page("/news", article("News", "The harvest is in August this year.", *BEES))

    second = ingest(daemon, web.url("/news"))

    assert second["id"] == first["id"]
    text = text_of(daemon, second)
    assert "August" in text
    assert "July" not in text


def test_a_page_that_is_gone_leaves_the_old_content_live(
    daemon: LiveDaemon, web: WebServer
) -> None:
    web.page("/gone", article("Soon gone", *BEES))
    source = ingest(daemon, web.url("/gone"))
    del web.replies["/gone"]

    daemon.run("ingest", web.url("/gone"))

    shown = daemon.json("sources", "show", source["id"])
    assert (shown["status"], shown["error"]["code"]) == ("live", "page_not_found")
    assert "forty thousand" in text_of(daemon, source)


def test_the_charset_of_the_server_counts(daemon: LiveDaemon, web: WebServer) -> None:
    text = "Матка откладывает яйца, пчёлы живут в улье. " * 8
    headers = {"Content-Type": "text/plain; charset=koi8-r"}
    web.replies["/pchely"] = Reply(headers=headers, body=text.encode("koi8-r"))

    assert "Матка откладывает" in text_of(daemon, ingest(daemon, web.url("/pchely")))


def test_the_content_type_decides_the_extractor(daemon: LiveDaemon, web: WebServer) -> None:
    body = a_pdf([["Smoke calms a hive before it is opened."]])
    web.replies["/get?id=7"] = Reply(headers={"Content-Type": "application/pdf"}, body=body)

    source = ingest(daemon, web.url("/get?id=7"))

    assert daemon.json("sources", "show", source["id"])["pages"] == 1
    assert "Smoke calms" in text_of(daemon, source)


def test_files_and_addresses_go_together(
    daemon: LiveDaemon, web: WebServer, tmp_path: Path
) -> None:
    file = tmp_path / "drones.md"
    file.write_text("Drones have no sting.")
    web.page("/together", article("Together", *BEES))
    given = [web.url("/together"), str(file), "-"]

    sources = daemon.json("ingest", *given, stdin="Wax moths dislike the cold.")["sources"]

    assert [source["kind"] for source in sources] == ["url", "file", "text"]
    assert {source["status"] for source in sources} == {"live"}


@pytest.mark.parametrize(
    ("status", "code"), [(404, "page_not_found"), (403, "page_forbidden"), (401, "page_forbidden")]
)
def test_a_page_that_is_not_given_fails_with_a_way_out(
    daemon: LiveDaemon, web: WebServer, status: int, code: str
) -> None:
    web.replies["/no"] = Reply(status=status, body=article("No", *BEES).encode())

    found, hint = failed(daemon, web.url("/no"))

    assert found == code
    assert hint


def test_a_server_in_trouble_is_asked_again(daemon: LiveDaemon, web: WebServer) -> None:
    def answer(asked: Asked) -> Reply:
        if len(web.asked) == 1:
            return Reply(status=503, headers={"Retry-After": "0"})
        return Reply(headers={"Content-Type": "text/html"}, body=article("Up", *BEES).encode())

    web.replies["/up"] = answer

    source = ingest(daemon, web.url("/up"))

    assert daemon.json("jobs", "show", source["job_id"])["attempts"] == 2


@pytest.mark.parametrize("host", ["localhost", "[::1]", "127.0.0.2", "0x7f000001"])
def test_what_is_private_is_refused(daemon: LiveDaemon, web: WebServer, host: str) -> None:
    code, hint = failed(daemon, web.url("/bees", host=host))

    assert code == "address_refused"
    assert "ingest.private_hosts" in hint
    assert web.asked == []


@pytest.mark.parametrize(
    "address", ["https://", "ftp://example.org/a", "file:///etc/passwd", "http://u:p@example.org/"]
)
def test_what_is_no_address_of_the_web_makes_no_source(daemon: LiveDaemon, address: str) -> None:
    done = daemon.run("ingest", address, "--json")

    assert done.returncode == 1
    assert f"failed {address}" in done.stderr
    with daemon.client() as client, pytest.raises(ApiError) as caught:
        client.ingest_url("default", UrlIn(url=address))
    assert (caught.value.status, caught.value.code) == (422, "invalid")
    assert address not in daemon.run("sources", "list", "--json").stdout
