"""Finding conversations, reading them, and taking them elsewhere."""

import json
import stat
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.terminal import Terminal
from twinctl.wire.answers import ChatIn

TEXT = """# The light at Skerry Point

The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore.

The tower is made of grey granite.
"""
BUILT = "Who built the lighthouse at Skerry Point?"
TICKET = "What does a balloon ticket to Lisbon cost?"


@pytest.fixture(scope="module")
def talks(daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the ids of two conversations of a twin; the question of the second was refused."""
    path = tmp_path_factory.mktemp("notes") / "light.md"
    path.write_text(TEXT)
    daemon.json("twin", "create", "Warden")
    daemon.json("ingest", str(path), "--twin", "warden")
    asked = [daemon.json("chat", "--twin", "warden", stdin=text) for text in (BUILT, TICKET)]
    return [each["conversation_id"] for each in asked]


def titles(daemon: LiveDaemon, *arguments: str) -> list[str]:
    found = daemon.json("conversations", *arguments, "--twin", "warden")
    return [each["title"] for each in found["conversations"]]


def test_conversations_are_found_by_what_was_said(daemon: LiveDaemon, talks: list[str]) -> None:
    assert titles(daemon, "search", "DUNMORE") == [BUILT]
    assert titles(daemon, "search", "lighthouse margaret") == [BUILT]
    assert titles(daemon, "search", "lighthouse", "Margaret") == [BUILT]
    assert titles(daemon, "search", "lighthouse balloon") == []


def test_what_was_found_is_shown_with_the_words_around_it(
    daemon: LiveDaemon, talks: list[str]
) -> None:
    shown = daemon.run("conversations", "search", "Dunmore", "--twin", "warden").stdout
    head, title, words = shown.splitlines()
    assert head.startswith(talks[0])
    assert title == f"    {BUILT}"
    assert "Margaret Dunmore" in words
    nothing = daemon.run("conversations", "search", "zebra", "--twin", "warden")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "Nothing was found" in nothing.stderr


def test_refusals_are_listed_apart_and_marked(daemon: LiveDaemon, talks: list[str]) -> None:
    assert titles(daemon, "list", "--refused") == [TICKET]
    assert titles(daemon, "search", "lighthouse", "--refused") == []
    assert "(refused)" in daemon.run("conversations", "show", talks[1], "--twin", "warden").stdout
    listed = daemon.json("conversations", "--twin", "warden")["conversations"]
    assert [(each["channel"], each["refused"]) for each in listed] == [("chat", 1), ("chat", 0)]
    assert titles(daemon, "list", "--channel", "widget") == []


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query_is_wrong_usage(daemon: LiveDaemon, talks: list[str], query: str) -> None:
    assert daemon.run("conversations", "search", query, "--twin", "warden").returncode == 2


def test_what_others_typed_cannot_steer_the_terminal(daemon: LiveDaemon) -> None:
    hostile = "Who is \x1b[2J\x9b1m\u202eevil\x07 here?"
    daemon.json("twin", "create", "Haunted")
    with daemon.client() as client:
        client.answer("haunted", ChatIn(message=hostile))
    for arguments in (["list"], ["show", "last"], ["search", "evil"], ["show", "cnv_none"]):
        done = daemon.run("conversations", *arguments, "--twin", "haunted")
        assert not set("\x1b\x9b\u202e\x07") & set(done.stdout + done.stderr), arguments
    for arguments in ([], ["gaps"]):
        assert "\x1b" not in daemon.run("audience", *arguments, "--twin", "haunted").stdout
    document = daemon.json("conversations", "--twin", "haunted")
    assert document["conversations"][0]["title"] == hostile


def test_conversations_are_exported_one_a_line(daemon: LiveDaemon, talks: list[str]) -> None:
    done = daemon.run("conversations", "export", "--twin", "warden")
    refused, answered = (json.loads(line) for line in done.stdout.splitlines())
    assert [refused["id"], answered["id"]] == talks[::-1]
    question, answer = answered["messages"]
    assert question["content"] == BUILT
    assert answer["citations"][0]["quote"] in TEXT
    assert "session" not in answered
    only = daemon.run("conversations", "export", "--twin", "warden", "--refused").stdout
    assert [json.loads(line)["title"] for line in only.splitlines()] == [TICKET]


def test_an_export_is_a_file_that_only_its_owner_reads(
    daemon: LiveDaemon, talks: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    done = daemon.run("conversations", "export", str(file), "--twin", "warden")
    assert done.stdout == f"Wrote 2 conversations to {file}.\n"
    assert len(file.read_text().splitlines()) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".all*")) == []


def test_a_file_is_overwritten_by_an_export_only_with_yes(
    daemon: LiveDaemon, talks: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("mine")
    refused = daemon.run("conversations", "export", str(file), "--twin", "warden")
    assert refused.returncode == 2
    assert file.read_text() == "mine"
    document = daemon.json("conversations", "export", str(file), "--twin", "warden", "--yes")
    assert document == {"file": str(file), "conversations": 2}


def test_an_export_into_a_folder_that_is_not_there_is_refused(
    daemon: LiveDaemon, talks: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "none" / "all.jsonl"
    done = daemon.run("conversations", "export", str(file), "--twin", "warden")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_as_one_document_an_export_holds_them_all(daemon: LiveDaemon, talks: list[str]) -> None:
    document = daemon.json("conversations", "export", "--twin", "warden")
    assert [each["id"] for each in document["conversations"]] == talks[::-1]


def test_on_a_terminal_ids_are_short_and_still_name_a_conversation(
    daemon: LiveDaemon, talks: list[str]
) -> None:
    environ = {"TWINCTL_HOME": str(daemon.root), "NO_COLOR": "1"}
    with Terminal("conversations", "--twin", "warden", environ=environ) as terminal:
        terminal.expect("TITLE\r\n")
        short = terminal.expect(" ")
        assert terminal.end() == 0
    assert talks[1].startswith(short)
    assert len(short) < len(talks[1])
    assert TICKET in daemon.run("conversations", "show", short, "--twin", "warden").stdout
