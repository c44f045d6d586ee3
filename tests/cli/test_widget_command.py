"""`twinctl widget`: the test page, the line to paste, and what a browser would meet."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from tests.support.daemon import LiveDaemon
from tests.support.visitors import PublicSide, public_side
from tests.support.web import web_server
from twinctl.cli.replay import Replay

SITE = "https://example.com"
STEPS = [
    "the page may load from that address",
    "the script loads",
    "the page may ask (preflight)",
    "a session begins",
    "a question is answered",
]


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSide]:
    """Yield a public listener."""
    with public_side(tmp_path_factory.mktemp("widget") / "home") as running:
        yield running


@contextmanager
def served(daemon: LiveDaemon) -> Iterator["subprocess.Popen[str]"]:
    """Yield the command that serves the test page; it must end well when it is told to."""
    command = [sys.executable, "-m", "twinctl", "widget", "serve", "--json"]
    environ = {**os.environ, "TWINCTL_HOME": str(daemon.root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0


def test_the_test_page_is_there_as_long_as_the_command_runs(daemon: LiveDaemon) -> None:
    with served(daemon) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        (key, *_) = daemon.json("keys", "list")["keys"]
        assert (key["name"], key["state"], key["twins"]) == ("widget serve", "active", ["default"])
        page = httpx2.get(told["url"])
        assert "Default on a page" in page.text
        frame = httpx2.get(f"{told['url']}frame?mode=inline&theme=dark&direction=rtl&color=%22%3E")
        assert (
            f'src="{told["listener"]}/widget.js" data-twin="default" data-key="pk_' in frame.text
        )
        assert 'data-mode="inline" data-color="&quot;&gt;"' in frame.text
        assert 'dir="rtl"' in frame.text
        assert "unsafe" not in frame.headers["Content-Security-Policy"]
        foreign = httpx2.get(told["url"], headers={"Host": "evil.example"})
        assert (foreign.status_code, foreign.text) == (421, "")
        assert httpx2.get(f"{told['listener']}/health").status_code == 200
    assert daemon.json("keys", "show", key["id"])["state"] == "revoked"
    with daemon.client() as client:
        assert not client.listener().running


def test_a_port_that_is_taken_is_named(daemon: LiveDaemon) -> None:
    with web_server() as web:
        done = daemon.run("widget", "serve", "--port", str(web.port))
    assert done.returncode == 1
    assert f"error: port {web.port}: " in done.stderr
    assert daemon.json("keys", "list")["keys"][0]["state"] == "revoked"


def test_the_line_to_paste_has_a_key_for_the_site(side: PublicSide) -> None:
    made = side.daemon.run("widget", "snippet", "--new", "--origin", SITE, "--mode", "inline")
    (key, *_) = side.daemon.json("keys", "list")["keys"]
    assert (key["kind"], key["origins"], key["twins"]) == ("publishable", [SITE], ["default"])
    start = f'<script async src="{side.url}/widget.js" data-twin="default" data-key="pk_'
    assert made.stdout.startswith(start)
    assert made.stdout.endswith('" data-mode="inline"></script>\n')
    assert "this address works on this machine only" in made.stderr
    known = side.daemon.json("widget", "snippet", "--key", "pk_x", "--color", '"><b>')
    assert known["snippet"].endswith('data-color="&quot;&gt;&lt;b&gt;"></script>')


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "They are kept nowhere"),
        (["--key", "sk_secret"], "only a publishable key"),
        (["--key", "pk_x", "--mode", "popup"], "'popup' is no mode"),
    ],
)
def test_a_line_without_a_key_for_pages_is_not_printed(
    side: PublicSide, arguments: list[str], words: str
) -> None:
    done = side.daemon.run("widget", "snippet", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_without_a_listener_the_way_to_one_is_told(daemon: LiveDaemon) -> None:
    done = daemon.run("widget", "snippet", "--key", "pk_x")
    assert done.returncode == 1
    assert "public.listen" in done.stderr
    assert "twinctl widget serve" in done.stderr


def test_a_site_with_a_key_passes_every_step(side: PublicSide) -> None:
    key = side.key(origins=[SITE])["key"]
    for given in (["--key", key], []):
        told = side.daemon.json("widget", "test", "--origin", f"{SITE}/shop?a=1", *given)
        assert (told["ok"], told["origin"], told["url"]) == (True, SITE, side.url)
        assert [(step["name"], step["problem"]) for step in told["steps"]] == [
            (name, None) for name in STEPS
        ]
    (latest, *_) = side.daemon.json("keys", "list")["keys"]
    assert (latest["name"], latest["state"]) == ("widget test", "revoked")


@pytest.mark.parametrize(
    ("origin", "problem", "hint"),
    [
        ("https://other.example", "no publishable key is for", "widget snippet --new --origin"),
        ("example.com", "is no site", "write https://example.com"),
    ],
)
def test_a_site_without_a_key_is_told_how_to_get_one(
    side: PublicSide, origin: str, problem: str, hint: str
) -> None:
    side.key(origins=[SITE])
    done = side.daemon.run("widget", "test", "--origin", origin)
    assert done.returncode in {1, 2}
    assert problem in done.stderr
    assert hint in done.stderr


def test_a_key_that_does_not_fit_is_explained(side: PublicSide) -> None:
    side.key(origins=[SITE])
    other = side.key(origins=["https://other.example"])["key"]
    done = side.daemon.run("widget", "test", "--origin", SITE, "--key", other)
    assert done.returncode == 1
    assert "FAILED  a session begins" in done.stdout
    assert "this key is for https://other.example, not for https://example.com" in done.stderr
    assert "twinctl keys create" in done.stderr


def test_an_address_that_leads_elsewhere_is_explained() -> None:
    with web_server() as web:
        web.page("/widget.js", "<h1>Log in</h1>")
        assert "answers 200 with text/html; charset=utf-8, which is not" in failing(web.url("/"))
        gone = web.url("/")
    assert "nothing listens there" in failing(gone)
    assert "there is no such host" in failing("https://nowhere.invalid")
    assert "do not load http://twin.example into a page" in failing("http://twin.example", SITE)


def failing(base: str, origin: str = "http://localhost:3000") -> str:
    """Return what the step says that fails at an address."""
    *fine, last = Replay(base=base, origin=origin, twin="default").loading()
    assert [step.problem for step in fine] == [None] * len(fine)
    assert last.hint
    return str(last.problem)
