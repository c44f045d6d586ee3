from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.terminal import Terminal
from twinctl.cli.app import main

CREATED = ["id", "key", "prefix", "kind", "scopes", "twins", "origins", "expires_at"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    with live_daemon(tmp_path_factory.mktemp("keys") / "home", embedding="none") as daemon:
        daemon.json("twin", "create", "Ada")
        yield daemon


def holders(folder: Path, text: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if text.encode() in path.read_bytes()]


def test_a_new_key_is_one_document_of_the_promised_fields(home: LiveDaemon) -> None:
    made = home.json(
        "keys", "create", "--name", "one", "--scope", "chat", "--scope", "search", "--for", "ada"
    )

    assert list(made) == CREATED
    assert made["key"].startswith("sk_")
    assert made["key"].startswith(made["prefix"])
    assert (made["kind"], made["scopes"]) == ("secret", ["chat", "search"])
    assert (made["twins"], made["origins"], made["expires_at"]) == (["ada"], [], None)
    assert holders(home.root, made["key"]) == []


def test_a_key_is_listed_shown_rotated_and_revoked(home: LiveDaemon) -> None:
    made = home.json("keys", "create", "--name", "reports", "--expires", "30d")
    ends = datetime.fromisoformat(made["expires_at"])
    assert abs(ends - datetime.now(UTC) - timedelta(days=30)) < timedelta(minutes=5)
    listed = [each["id"] for each in home.json("keys", "ls")["keys"]]
    assert made["id"] in listed
    shown = home.json("keys", "show", "reports")
    assert (shown["id"], shown["state"], shown["last_used_at"]) == (made["id"], "active", None)
    assert "key" not in shown

    new = home.json("keys", "rotate", "reports", "--overlap", "2h")
    assert list(new) == CREATED
    old = home.json("keys", "show", made["id"])
    assert (old["state"], old["replaced_by"]) == ("replaced", new["id"])
    assert home.json("keys", "show", "reports")["id"] == new["id"]

    assert home.run("keys", "revoke", "reports").returncode == 2
    assert home.json("keys", "revoke", "reports", "--yes")["id"] == new["id"]
    assert home.json("keys", "show", new["id"])["state"] == "revoked"
    table = home.run("keys", "list", "--all").stdout
    assert made["key"] not in table
    assert f"{made['prefix']}…{made['key'][-4:]}" in table


def test_keys_that_have_ended_are_listed_only_where_all_are_wanted(home: LiveDaemon) -> None:
    works, replaced, ended = (home.json("keys", "create")["id"] for _ in range(3))
    home.json("keys", "rotate", replaced)
    home.json("keys", "revoke", ended, "--yes")

    usual = home.run("keys")
    assert works in usual.stdout
    assert replaced in usual.stdout
    assert ended not in usual.stdout
    assert usual.stderr.endswith(" ended\nhint: twinctl keys list --all\n")

    every = home.run("keys", "list", "--all")
    assert ended in every.stdout
    assert "have ended" not in every.stderr
    assert {works, replaced, ended} <= {each["id"] for each in home.json("keys")["keys"]}


def test_the_secret_alone_is_data_and_all_else_is_talk(home: LiveDaemon) -> None:
    done = home.run("keys", "create", "--scope", "search")
    quiet = home.run("keys", "create", "--scope", "search", "-q")

    assert done.stdout.startswith("sk_")
    assert len(done.stdout.split()) == 1
    assert "It is not shown again" in done.stderr
    assert "Authorization: Bearer" in done.stderr
    assert quiet.stdout.startswith("sk_")
    assert quiet.stderr == ""


def test_on_a_terminal_the_secret_is_shown_with_what_to_do_with_it(home: LiveDaemon) -> None:
    command = ("keys", "create", "--kind", "publishable")
    with Terminal(*command, environ={"TWINCTL_HOME": str(home.root)}) as terminal:
        terminal.expect("pk_")
        terminal.expect("It is not shown again: copy it now.")
        terminal.expect("only pages of this machine may use it")
        terminal.expect("--origin https://example.com")
        terminal.expect("twinctl widget snippet")
        assert terminal.end() == 0


def test_a_publishable_key_is_for_its_origins(home: LiveDaemon) -> None:
    done = home.run("keys", "create", "--kind", "publishable", "--origin", "https://Example.com/")
    (made,) = [
        each for each in home.json("keys")["keys"] if done.stdout.startswith(each["prefix"])
    ]

    assert made["origins"] == ["https://example.com"]
    assert made["scopes"] == []
    assert "this machine" not in done.stderr


def test_a_rotation_says_until_when_the_old_key_works(home: LiveDaemon) -> None:
    made = home.json("keys", "create", "--name", "turning")
    done = home.run("keys", "rotate", "turning", "--overlap", "0")

    assert done.stdout.startswith("sk_")
    assert f"The old one, {made['prefix']}…{made['key'][-4:]}, works until" in done.stderr
    assert home.json("keys", "show", made["id"])["state"] == "expired"


def test_what_a_revoked_key_has_replaced_is_not_forgotten(home: LiveDaemon) -> None:
    old = home.json("keys", "create", "--name", "press")
    home.json("keys", "rotate", "press")

    done = home.run("keys", "revoke", "press", "--yes")

    assert f"{old['prefix']}…{old['key'][-4:]}, which it replaced, still works" in done.stderr
    assert f"twinctl keys revoke {old['id']}" in done.stderr


def test_the_twin_in_use_does_not_limit_a_key(home: LiveDaemon) -> None:
    done = home.run("keys", "create", "-t", "ada")

    assert done.stdout.startswith("sk_")
    assert "for all twins; for one of them: --for ada" in done.stderr


def test_a_name_that_means_two_keys_means_none(home: LiveDaemon) -> None:
    ids = [home.json("keys", "create", "--name", "twice")["id"] for _ in range(2)]
    done = home.run("keys", "revoke", "twice", "--yes")

    assert done.returncode == 2
    assert all(key_id in done.stderr for key_id in ids)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("create", "--kind", "other"), 2, "'publishable' or 'secret'"),
        (("create", "--scope", "everything"), 2, "scopes"),
        (("create", "--kind", "publishable", "--scope", "chat"), 2, "takes no scopes"),
        (("create", "--for", "nobody"), 4, "no twin nobody"),
        (("create", "--origin", "example.com"), 2, "https://example.com"),
        (("create", "--origin", "https://*.com"), 2, "too many sites"),
        (("create", "--expires", "yesterday"), 2, "no time to end at"),
        (("create", "--expires", "2001-01-01"), 2, "over already"),
        (("create", "--rpm", "0"), 2, "requests_per_minute"),
        (("show", "nobody"), 4, "no key nobody"),
        (("revoke", "key_none", "--yes"), 4, "no key key_none"),
        (("rotate", "nobody"), 4, "no key nobody"),
        (("rotate", "nobody", "--overlap", "soon"), 2, "no time to end at"),
    ],
)
def test_what_makes_no_sense_is_refused_with_words(
    home: LiveDaemon,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    ended = main(["--home", str(home.root), "keys", *arguments])

    printed = capsys.readouterr()
    assert (ended, printed.out) == (code, "")
    assert said in printed.err


def test_a_revoked_key_is_not_rotated(home: LiveDaemon) -> None:
    made = home.json("keys", "create")
    home.json("keys", "revoke", made["id"], "--yes")

    done = home.run("keys", "rotate", made["id"])

    assert done.returncode == 1
    assert "is revoked" in done.stderr
