"""What can be done in a chat besides asking, and with the conversations that were had."""

import json
import os
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.terminal import Terminal

TEXT = """# The light at Skerry Point

The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore.

## The engineer

Margaret Dunmore was born in Leith. The tower of Margaret Dunmore is made of grey granite.
"""
BUILT = "Who built the lighthouse at Skerry Point?"
BORN = "and where was she born?"
BORN_ALONE = "Where was Margaret Dunmore born?"


@pytest.fixture(scope="module")
def light(daemon: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notes") / "light.md"
    path.write_text(TEXT)
    daemon.json("twin", "create", "Keeper")
    daemon.json("ingest", str(path), "--twin", "keeper")
    return path


@pytest.fixture
def talk(daemon: LiveDaemon, light: Path) -> str:
    """Return the id of a conversation in which one question was answered."""
    answered = daemon.json("chat", "--twin", "keeper", stdin=BUILT)
    return str(answered["conversation_id"])


@pytest.fixture
def environ(daemon: LiveDaemon, tmp_path: Path) -> dict[str, str]:
    """Return where a terminal finds the daemon, a pager that says what it was given, no screen."""
    pager = tmp_path / "bin" / "less"
    pager.parent.mkdir()
    pager.write_text('#!/bin/sh\necho "paged: $*"\n')
    pager.chmod(0o755)
    return {
        "TWINCTL_HOME": str(daemon.root),
        "PAGER": str(pager),
        "DISPLAY": "",
        "WAYLAND_DISPLAY": "",
        "PATH": f"{pager.parent}{os.pathsep}{os.environ['PATH']}",
    }


def test_a_follow_up_is_understood_and_its_reading_is_told(
    daemon: LiveDaemon, light: Path
) -> None:
    done = daemon.run("chat", "--twin", "keeper", stdin=f"{BUILT}\n{BORN}\n")
    assert "born in Leith" in done.stdout
    assert f"(asked as: {BORN_ALONE})" in done.stderr


def test_the_document_of_a_chat_says_how_a_follow_up_was_read(
    daemon: LiveDaemon, light: Path
) -> None:
    first, second = daemon.json("chat", "--twin", "keeper", stdin=f"{BUILT}\n{BORN}\n")["answers"]
    assert "question" not in first
    assert second["question"] == BORN_ALONE


def test_what_was_typed_is_what_is_kept(daemon: LiveDaemon, talk: str) -> None:
    daemon.run("chat", "--twin", "keeper", "-c", talk, stdin=BORN)
    shown = daemon.json("conversations", "show", talk, "--twin", "keeper")
    asked = [each["content"] for each in shown["messages"] if each["role"] == "user"]
    assert asked == [BUILT, BORN]
    assert shown["conversation"]["title"] == BUILT


def test_conversations_are_listed_newest_first(daemon: LiveDaemon, talk: str) -> None:
    newer = daemon.json("chat", "--twin", "keeper", stdin=BUILT)["conversation_id"]
    listed = daemon.json("conversations", "--twin", "keeper")["conversations"]
    assert [each["id"] for each in listed[:2]] == [newer, talk]
    table = daemon.run("conversations", "ls", "--twin", "keeper").stdout
    assert table.index(newer) < table.index(talk)
    assert BUILT in table


def test_a_conversation_is_shown_with_what_it_rests_on(
    daemon: LiveDaemon, talk: str, light: Path
) -> None:
    shown = daemon.run("conversations", "show", "last", "--twin", "keeper").stdout
    assert shown.startswith(f"> {BUILT}\n")
    assert f"{light}:3" in shown


def test_a_chat_goes_on_with_the_last_conversation(daemon: LiveDaemon, talk: str) -> None:
    again = daemon.json("chat", "--twin", "keeper", "-c", "last", stdin=BORN)
    assert again["conversation_id"] == talk
    assert again["answers"][0]["question"] == BORN_ALONE


def test_the_beginning_of_an_id_is_enough_where_it_is_one(daemon: LiveDaemon, talk: str) -> None:
    again = daemon.json("chat", "--twin", "keeper", "-c", talk[:-2], stdin=BORN)
    assert again["conversation_id"] == talk
    daemon.json("chat", "--twin", "keeper", stdin=BUILT)
    several = daemon.run("chat", "--twin", "keeper", "-c", "cnv_", stdin=BORN)
    assert several.returncode == 2
    assert "several conversations" in several.stderr


def test_what_is_no_conversation_ends_with_4(daemon: LiveDaemon, light: Path) -> None:
    assert daemon.run("conversations", "show", "nothing", "--twin", "keeper").returncode == 4
    daemon.json("twin", "create", "Silent")
    assert daemon.run("chat", "--twin", "silent", "-c", "last", stdin=BUILT).returncode == 4


def test_sources_are_those_of_the_answer_once_there_is_one(
    daemon: LiveDaemon, light: Path
) -> None:
    typed = f"/sources\n{BUILT}\n/sources\n"
    shown = daemon.run("chat", "--twin", "keeper", stdin=typed).stdout
    assert shown.index("STATUS") < shown.index("[1] The light at Skerry Point")
    assert shown.count("[1] The light at Skerry Point") == 2


def test_open_prints_the_passage_where_nothing_can_be_opened(
    daemon: LiveDaemon, light: Path
) -> None:
    done = daemon.run("chat", "--twin", "keeper", stdin=f"{BUILT}\n/open 1\n")
    assert "»The lighthouse at Skerry Point was built" in done.stdout
    assert "Margaret Dunmore was born in Leith" in done.stdout
    assert done.stdout.count(f"{light}:3") == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/open 1\n", "ask something first"),
        (f"{BUILT}\n/open 9\n", "/open 1"),
        ("/retry\n", "nothing was asked yet"),
        ("/save\n", "/save talk.md"),
        ("/save talk.md\n", "there is nothing to save yet"),
        ("/sourcs\n", "Did you mean /sources?"),
        ("/dance\n", "/help lists what there is"),
    ],
)
def test_a_command_that_cannot_be_obeyed_says_what_can(
    daemon: LiveDaemon, light: Path, typed: str, told: str
) -> None:
    done = daemon.run("chat", "--twin", "keeper", stdin=typed)
    assert done.returncode == 0
    assert told in done.stderr


def test_retry_asks_again_and_new_begins_anew(daemon: LiveDaemon, light: Path) -> None:
    typed = f"{BUILT}\n/retry\n/new\n{BUILT}\n"
    answers = daemon.json("chat", "--twin", "keeper", stdin=typed)["answers"]
    first, second, third = (answer["conversation_id"] for answer in answers)
    assert first == second != third


def test_json_stays_one_document(daemon: LiveDaemon, light: Path) -> None:
    done = daemon.run("chat", "--twin", "keeper", "--json", stdin=f"{BUILT}\n/sources\n/open 1\n")
    assert len(json.loads(done.stdout)["answers"]) == 1


def test_a_conversation_is_saved_as_markdown(
    daemon: LiveDaemon, light: Path, tmp_path: Path
) -> None:
    file = tmp_path / "talk.md"
    daemon.run("chat", "--twin", "keeper", stdin=f"{BUILT}\n{BORN}\n/save {file}\n")
    text = file.read_text("utf-8")
    assert text.startswith("# Conversation with Keeper\n")
    assert f"\n## {BUILT}\n" in text
    assert "> **[1]** The light at Skerry Point" in text
    assert f"`{light}:3`" in text


def test_a_file_is_not_overwritten_unasked(
    daemon: LiveDaemon, light: Path, tmp_path: Path, environ: dict[str, str]
) -> None:
    file = tmp_path / "talk.md"
    file.write_text("mine")
    refused = daemon.run("chat", "--twin", "keeper", stdin=f"{BUILT}\n/save {file}\n")
    assert f"{file} is there already" in refused.stderr
    with Terminal("chat", "--twin", "keeper", environ=environ) as terminal:
        terminal.expect("> ")
        terminal.type(f"{BUILT}\n")
        terminal.expect(f"{light}:3")
        terminal.expect("> ")
        terminal.type(f"/save {file}\n")
        terminal.expect("[y/N] ")
        terminal.type("n\n")
        terminal.expect("> ")
        assert file.read_text() == "mine"
        terminal.type(f"/save {file}\n")
        terminal.expect("[y/N] ")
        terminal.type("y\n")
        terminal.expect("Saved to")
        terminal.expect("> ")
        terminal.type("/quit\n")
        assert terminal.end() == 0
    assert BUILT in file.read_text()


def test_open_shows_a_text_in_the_pager_at_its_line(
    light: Path, talk: str, environ: dict[str, str]
) -> None:
    with Terminal("chat", "--twin", "keeper", "-c", "last", environ=environ) as terminal:
        terminal.expect(f"> {BUILT}")
        terminal.expect(f"{light}:3")
        terminal.expect("> ")
        terminal.type("/open 1\n")
        terminal.expect(f"paged: +3 {light}")
        terminal.expect("> ")
        terminal.type("\x04")
        terminal.expect(f"twinctl chat -c {talk}")
        assert terminal.end() == 0


def test_lines_that_are_pasted_together_are_one_question(
    daemon: LiveDaemon, light: Path, environ: dict[str, str]
) -> None:
    question = "Who built the lighthouse\nat Skerry Point?"
    with Terminal("chat", "--twin", "keeper", environ=environ) as terminal:
        terminal.expect("> ")
        terminal.type(f"\x1b[200~{question}\x1b[201~\n")
        terminal.expect(f"{light}:3")
        terminal.expect("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
    shown = daemon.json("conversations", "show", "last", "--twin", "keeper")
    assert [each["content"] for each in shown["messages"] if each["role"] == "user"] == [question]


def test_open_hands_other_files_to_the_desktop(
    daemon: LiveDaemon, tmp_path: Path, environ: dict[str, str]
) -> None:
    page = tmp_path / "light.html"
    page.write_text("<h1>The light</h1><p>The lighthouse was built by Margaret Dunmore.</p>")
    opener = tmp_path / "bin" / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    daemon.json("twin", "create", "Viewer")
    daemon.json("ingest", str(page), "--twin", "viewer")
    screen = {**environ, "DISPLAY": ":0", "SSH_CONNECTION": "", "SSH_TTY": ""}
    with Terminal("chat", "--twin", "viewer", environ=screen) as terminal:
        terminal.expect("> ")
        terminal.type("Who built the lighthouse?\n")
        terminal.expect(f"{page}")
        terminal.expect("> ")
        terminal.type("/open 1\n")
        terminal.expect(f"Opened {page}")
        terminal.expect("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
    assert (tmp_path / "opened").read_text().strip() == str(page)


def test_open_prints_what_lies_in_no_file(
    daemon: LiveDaemon, tmp_path: Path, environ: dict[str, str]
) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    daemon.json("twin", "create", "Teller")
    said = "The lighthouse was built by Margaret Dunmore."
    daemon.json("ingest", "-", "--title", "a://light", "--twin", "teller", stdin=said)
    screen = {**environ, "DISPLAY": ":0", "SSH_CONNECTION": "", "SSH_TTY": ""}
    with Terminal("chat", "--twin", "teller", environ=screen) as terminal:
        terminal.expect("> ")
        terminal.type("Who built the lighthouse?\n")
        terminal.expect("text:a://light")
        terminal.expect("> ")
        terminal.type("/open 1\n")
        terminal.expect(f"»{said}«")
        terminal.expect("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
    assert not (tmp_path / "opened").exists()


def _press_ctrl_c(terminal: Terminal) -> None:
    """Press it once the prompt has echoed what was typed and waits for more.

    Python does not notice a signal that comes between the two before another key is pressed.
    """
    terminal.type("x")
    terminal.expect("x")
    terminal.type("\x03")


def test_ctrl_c_twice_at_the_prompt_leaves(light: Path, environ: dict[str, str]) -> None:
    with Terminal("chat", "--twin", "keeper", environ=environ) as terminal:
        terminal.expect("> ")
        _press_ctrl_c(terminal)
        terminal.expect("(Ctrl-C again or Ctrl-D leaves)")
        terminal.expect("> ")
        _press_ctrl_c(terminal)
        assert terminal.end() == 0


def test_words_are_not_cut_on_a_narrow_terminal(light: Path, environ: dict[str, str]) -> None:
    with Terminal("chat", "--twin", "keeper", environ={**environ, "COLUMNS": "36"}) as terminal:
        terminal.expect("/help tells more,\r\n/quit leaves.")
        terminal.expect("> ")
        terminal.type("\x04")
        assert terminal.end() == 0


def test_a_table_in_an_answer_stands_in_columns(
    daemon: LiveDaemon, environ: dict[str, str], tmp_path: Path
) -> None:
    rows = [
        "| part | measure |",
        "|---|---|",
        "| footings | 70 cm |",
        "| height of the cope | 15 cm |",
    ]
    (tmp_path / "wall.md").write_text("\n".join(["# The measures of a wall", "", *rows]) + "\n")
    daemon.json("twin", "create", "Measures")
    daemon.json("ingest", str(tmp_path / "wall.md"), "--twin", "measures")
    asked = ["ask", "What is the height of the cope?", "--twin", "measures"]
    with Terminal(*asked, environ=environ) as terminal:
        terminal.expect("part                measure\r\nfootings            70 cm\r\n")
        assert terminal.end() == 0
    assert "part | measure\nfootings | 70 cm\n" in daemon.run(*asked).stdout
