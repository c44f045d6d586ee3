import stat
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.editors import an_editor
from tests.support.terminal import Terminal


def test_a_twin_is_created_used_changed_and_deleted(daemon: LiveDaemon) -> None:
    made = daemon.json("twin", "create", "Ada Lovelace", "--description", "Engines")
    assert (made["slug"], made["name"], made["sources"]) == ("ada-lovelace", "Ada Lovelace", 0)

    assert daemon.run("twin", "use", "ada-lovelace").returncode == 0
    assert daemon.json("config", "get", "twin") == {
        "key": "twin",
        "value": "ada-lovelace",
        "origin": "file",
    }
    assert 'embedding = "none"' in daemon.home.config.read_text()
    assert stat.S_IMODE(daemon.home.config.stat().st_mode) == 0o600
    assert daemon.json("twin", "show")["id"] == made["id"]

    changed = daemon.json("twin", "edit", "ada-lovelace", "--slug", "ada")
    assert (changed["slug"], changed["description"]) == ("ada", "Engines")

    assert daemon.run("twin", "delete", "ada").returncode == 2
    assert daemon.run("twin", "rm", "ada", "--yes").returncode == 0
    assert "ada" not in [twin["slug"] for twin in daemon.json("twin", "ls")["twins"]]
    assert daemon.run("twin", "use", "default").returncode == 0


def test_a_deletion_asks_on_a_terminal(daemon: LiveDaemon) -> None:
    daemon.json("twin", "create", "Doomed")
    environ = {"TWINCTL_HOME": str(daemon.root)}
    with Terminal("twin", "delete", "doomed", environ=environ) as terminal:
        terminal.expect("[y/N] ")
        terminal.type("n\n")
        assert terminal.end() == 1
    with Terminal("twin", "delete", "doomed", environ=environ) as terminal:
        terminal.expect("[y/N] ")
        terminal.type("y\n")
        assert terminal.end() == 0
    assert daemon.run("twin", "show", "doomed").returncode == 4


def test_a_bad_slug_is_wrong_usage(daemon: LiveDaemon) -> None:
    done = daemon.run("twin", "create", "Ada", "--slug", "Not A Slug")
    assert done.returncode == 2
    assert "error: slug: " in done.stderr


def test_a_name_that_is_taken_is_refused(daemon: LiveDaemon) -> None:
    assert daemon.run("twin", "create", "Again", "--slug", "default").returncode == 1


def test_editing_without_a_terminal_says_which_options_there_are(daemon: LiveDaemon) -> None:
    done = daemon.run("twin", "edit", "default")
    assert done.returncode == 2
    assert "--file" in done.stderr
    assert "--description" in done.stderr


def test_a_twin_is_edited_in_the_editor_of_its_owner(daemon: LiveDaemon, tmp_path: Path) -> None:
    daemon.json("twin", "create", "Grace")
    script = """
        grep -q error "$1" && cp "$1" "$1.seen"
        grep -q error "$1" && mv "$1.seen" "$SEEN"
        sed -i 's/^mode = "loose"/mode = "guided"/; s/^mode = "strict"/mode = "loose"/' "$1"
        sed -i 's/^voice = .*/voice = "Dry."/; s/^greeting = .*/greeting = "Ahoy."/' "$1"
    """
    environ = {
        "TWINCTL_HOME": str(daemon.root),
        "VISUAL": an_editor(tmp_path, script),
        "SEEN": str(tmp_path / "seen"),
    }

    with Terminal("twin", "edit", "grace", environ=environ) as terminal:
        terminal.expect("Dry.")
        assert terminal.end() == 0

    objection, _, rest = (tmp_path / "seen").read_text().partition("\n")
    assert objection == "# error: persona.mode: takes 'strict' or 'guided'"
    assert 'voice = "Dry."' in rest
    persona = daemon.json("twin", "show", "grace")["persona"]
    assert persona == {
        "voice": "Dry.",
        "language": "",
        "greeting": "Ahoy.",
        "refusal": "",
        "mode": "guided",
    }
    assert "guided" in daemon.run("twin", "show", "grace").stdout


def test_a_slug_that_is_taken_opens_the_editor_again(daemon: LiveDaemon, tmp_path: Path) -> None:
    daemon.json("twin", "create", "Hedy")
    script = """
        sed -i '/error: there is a twin default/,$ s/^slug = "default"/slug = "hedwig"/' "$1"
        sed -i 's/^slug = "hedy"/slug = "default"/' "$1"
    """
    environ = {"TWINCTL_HOME": str(daemon.root), "VISUAL": an_editor(tmp_path, script)}
    with Terminal("twin", "edit", "hedy", environ=environ) as terminal:
        terminal.expect("hedwig")
        assert terminal.end() == 0


def test_a_document_that_is_left_as_it_is_changes_nothing(daemon: LiveDaemon) -> None:
    environ = {"TWINCTL_HOME": str(daemon.root), "VISUAL": "true"}
    with Terminal("twin", "edit", environ=environ) as terminal:
        terminal.expect("Nothing was changed.")
        assert terminal.end() == 0


def test_a_persona_comes_from_a_file_or_stdin(daemon: LiveDaemon, tmp_path: Path) -> None:
    daemon.json("twin", "create", "Emmy")
    document = tmp_path / "persona.toml"
    document.write_text('name = "Emmy Noether"\n[persona]\nlanguage = "de"\n')

    first = daemon.json("twin", "edit", "emmy", "--file", str(document))
    second = daemon.json("twin", "edit", "emmy", "--file", "-", stdin="persona.refusal = 'Nein.'")

    assert (first["name"], first["persona"]["language"]) == ("Emmy Noether", "de")
    assert second["persona"] == {**first["persona"], "refusal": "Nein."}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--file", "/"), "cannot be read"),
        (("--file", "-", "--name", "X"), "stands alone"),
        (("--file", "-"), "persona.languge cannot be set here"),
    ],
)
def test_a_document_that_cannot_be_used_is_wrong_usage(
    daemon: LiveDaemon, arguments: tuple[str, ...], words: str
) -> None:
    done = daemon.run("twin", "edit", "default", *arguments, stdin='persona.languge = "de"')
    assert done.returncode == 2
    assert words in done.stderr


def test_a_twin_greets_and_refuses_in_its_own_words(daemon: LiveDaemon, tmp_path: Path) -> None:
    daemon.json("twin", "create", "Anning")
    persona = 'greeting = "Welcome, reader."\nrefusal = "Ask the museum."'
    (tmp_path / "fossils.txt").write_text("Mary found an ichthyosaur in Lyme Regis.")
    daemon.json("-t", "anning", "ingest", str(tmp_path / "fossils.txt"))
    daemon.json("twin", "edit", "anning", "--file", "-", stdin=f"[persona]\n{persona}")
    environ = {"TWINCTL_HOME": str(daemon.root)}

    with Terminal("chat", "-t", "anning", environ=environ) as terminal:
        terminal.expect("/quit")
        terminal.expect("Welcome, reader.")
        terminal.expect("> ")
        terminal.type("Who invented the telephone exchange?\n")
        terminal.expect("Ask the museum.")
        terminal.type("/quit\n")
        assert terminal.end() == 0

    piped = daemon.run("chat", "-t", "anning", stdin="Who invented the telephone exchange?\n")
    assert "Welcome" not in piped.stdout
    assert "Ask the museum." in piped.stdout
