import stat

from tests.support.daemon import LiveDaemon
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
    assert "--description" in done.stderr
