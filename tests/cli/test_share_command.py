import json
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from twinctl.client.transport import Transport
from twinctl.wire.public import ListenerIn


@pytest.fixture(scope="module")
def twin(daemon: LiveDaemon) -> str:
    return str(daemon.json("twin", "create", "Shared with others")["slug"])


def test_a_link_is_made_listed_and_revoked(daemon: LiveDaemon, twin: str) -> None:
    made = daemon.json(
        "share", "create", "--name", "press", "--expires", "7d", "--max-questions", "5", "-t", twin
    )
    twin_id = daemon.json("twin", "show", twin)["id"]
    assert made["path"] == f"/share/{twin_id}/{made['token']}"
    assert (made["name"], made["state"], made["questions"]) == ("press", "open", 0)
    listed = daemon.json("share", "-t", twin)["shares"]
    assert [each["id"] for each in listed] == [made["id"]]
    assert "token" not in listed[0]
    shown = daemon.run("share", "ls", "-t", twin).stdout
    assert f"{made['prefix']}…" in shown
    assert "0/5" in shown
    assert made["token"] not in shown
    revoked = daemon.run("share", "revoke", made["id"], "--yes")
    assert (revoked.returncode, revoked.stdout) == (0, f"Revoked {made['id']}.\n")
    assert daemon.json("share", "list", "-t", twin)["shares"][0]["state"] == "revoked"


def test_its_address_is_the_one_line_of_data(daemon: LiveDaemon, twin: str) -> None:
    made = daemon.run("share", "create", "-t", twin)
    (line,) = made.stdout.splitlines()
    assert "/share/twn_" in line
    assert "not shown again" in made.stderr


def test_without_a_listener_it_says_how_to_start_one(daemon: LiveDaemon, twin: str) -> None:
    made = daemon.run("share", "create", "-t", twin)
    assert "the public listener is off" in made.stderr
    assert "twinctl widget serve" in made.stderr


@pytest.mark.parametrize("words", [["--passcode"], ["--passcode", "-"], ["--passcode", "--json"]])
def test_a_passcode_comes_from_stdin(daemon: LiveDaemon, twin: str, words: list[str]) -> None:
    made = daemon.run("share", "create", *words, "-t", twin, stdin="open sesame\n")
    assert made.returncode == 0, made.stderr
    assert "sesame" not in made.stdout + made.stderr
    newest = daemon.json("share", "list", "-t", twin)["shares"][0]
    assert newest["has_passcode"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--expires", "soon"], "no time to end at"),
        (["--expires", "2001-01-01"], "over already"),
        (["--max-questions", "0"], "max_questions"),
        (["--passcode", "123"], "passcode"),
        (["--name", "a\nb"], "name"),
    ],
)
def test_what_cannot_be_is_named(
    daemon: LiveDaemon, twin: str, words: list[str], said: str
) -> None:
    done = daemon.run("share", "create", *words, "-t", twin)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_link_that_is_not_there_cannot_be_revoked(daemon: LiveDaemon) -> None:
    assert daemon.run("share", "revoke", "shr_none", "--yes").returncode == 4


def test_a_twin_that_is_not_there_cannot_be_shared(daemon: LiveDaemon) -> None:
    assert daemon.run("share", "create", "-t", "nobody").returncode == 4


def test_making_and_ending_a_link_is_written_down(daemon: LiveDaemon, twin: str) -> None:
    made = daemon.json("share", "create", "--name", "noted", "-t", twin)
    for _ in range(2):
        daemon.json("share", "revoke", made["id"], "--yes")
    with Transport(daemon.home.socket) as transport:
        entries = json.loads(transport.raw("GET", "/audit-logs", query={"limit": 200}))["entries"]
    noted = [each for each in entries if each["subject"] == made["id"]]
    assert [each["action"] for each in noted] == ["share.revoke", "share.create"]
    assert made["token"] not in str(noted)


def test_the_address_is_that_of_the_listener_or_the_one_that_visitors_know(
    tmp_path: Path,
) -> None:
    root = tmp_path / "home"
    with live_daemon(root, embedding="none") as daemon:
        with daemon.client() as client:
            url = client.start_listener(ListenerIn()).url
        made = daemon.run("share", "create")
        assert made.stdout.startswith(f"{url}/share/twn_")
        assert "this machine only" in made.stderr
        daemon.stop()
        config = root / "config.toml"
        config.write_text(f'{config.read_text()}[public]\nurl = "https://twin.example.com"\n')
        off = daemon.run("share", "create")
        assert off.stdout.startswith("https://twin.example.com/share/twn_")
        assert "the public listener is off" in off.stderr


def test_a_link_is_revoked_by_its_name(daemon: LiveDaemon) -> None:
    daemon.json("twin", "create", "Named links")
    made = [
        daemon.json("share", "create", "--name", name, "-t", "named-links")["id"]
        for name in ("fair", "talk", "talk")
    ]
    revoked = daemon.run("share", "revoke", "fair", "--yes", "-t", "named-links")
    assert (revoked.returncode, revoked.stdout) == (0, f"Revoked {made[0]}.\n")
    several = daemon.run("share", "revoke", "talk", "--yes", "-t", "named-links")
    assert (several.returncode, made[1] in several.stderr) == (2, True)
    none = daemon.run("share", "revoke", "", "--yes", "-t", "named-links")
    assert (none.returncode, "which link?" in none.stderr) == (2, True)
