"""Every command that is handed something of another tenant ends as if there were no such thing."""

import io
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
import typer

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import finished, wait_until
from twinctl.cli.app import Program, main
from twinctl.wire.answers import ChatIn
from twinctl.wire.keys import KeyIn
from twinctl.wire.shares import ShareIn
from twinctl.wire.sources import TextIn
from twinctl.wire.tenants import TenantIn
from twinctl.wire.verified import VerifiedIn
from twinctl.wire.watches import WatchIn

NOT_FOUND = 4

STRANGE: dict[str, tuple[str, ...]] = {
    "ingest": ("ingest {file} -t {twin}",),
    "ask": ("ask Why? -t {twin}",),
    "chat": ("chat -c {conversation}", "chat -t {twin}"),
    "conversations list": ("conversations list -t {twin}",),
    "conversations show": ("conversations show {conversation}",),
    "conversations search": ("conversations search bees -t {twin}",),
    "conversations export": ("conversations export - -t {twin}",),
    "audience report": ("audience report -t {twin}",),
    "audience gaps": ("audience gaps -t {twin}",),
    "audience forget": ("audience forget v -t {twin} --yes",),
    "search": ("search bees -t {twin}",),
    "watch add": ("watch add {folder} -t {twin}",),
    "watch list": ("watch list -t {twin}",),
    "watch remove": ("watch remove {watch}", "watch remove {folder}", "watch remove x -t {twin}"),
    "sources list": ("sources list -t {twin}",),
    "sources show": ("sources show {source}", "sources show {source} -t {twin}"),
    "sources text": ("sources text {source}",),
    "sources delete": ("sources delete {source} --yes",),
    "sources reindex": ("sources reindex {source}",),
    "qa add": ("qa add Why? So. -t {twin}",),
    "qa list": ("qa list -t {twin}",),
    "qa delete": ("qa delete {qa} --yes",),
    "keys create": ("keys create --for {twin}",),
    "keys show": ("keys show {key}", "keys show theirs"),
    "keys revoke": ("keys revoke {key} --yes",),
    "keys rotate": ("keys rotate {key}",),
    "keys visitor-secret": ("keys visitor-secret {key}", "keys visitor-secret theirs"),
    "share create": ("share create -t {twin}",),
    "share list": ("share list -t {twin}",),
    "share revoke": ("share revoke {share} --yes",),
    "widget serve": ("widget serve -t {twin}",),
    "widget snippet": ("widget snippet -t {twin}",),
    "widget test": ("widget test --origin http://localhost -t {twin}",),
    "eval": ("eval {questions} -t {twin}", "eval --history -t {twin}"),
    "jobs show": ("jobs show {job}",),
    "jobs logs": ("jobs logs {job}",),
    "jobs cancel": ("jobs cancel {job}",),
    "jobs retry": ("jobs retry {job}",),
    "twin show": ("twin show {twin}", "twin show theirs"),
    "twin use": ("twin use {twin}",),
    "twin edit": ("twin edit {twin} --name x",),
    "twin delete": ("twin delete {twin} --yes",),
    "tenants delete": ("tenants delete nobody --yes",),
}
"""Command lines of ours that name what theirs are, by command."""

OF_NOBODY = {
    "keys list",
    "jobs list",
    "twin create",
    "twin list",
    "tenants create",
    "tenants list",
    "models",
    "daemon",
    "config",
    "tui",
    "status",
    "doctor",
    "version",
}
"""Commands, or groups of them, that are handed nothing that a tenant has."""

LINES = [line for lines in STRANGE.values() for line in lines]


def commands() -> Iterator[str]:
    """Yield every command as it is typed."""
    for verb, module, _ in Program.verbs:
        command = typer.main.get_command(import_module(module).app)
        for name, each in getattr(command, "commands", {"": command}).items():
            if not each.hidden:
                yield f"{verb} {name}".strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    with live_daemon(tmp_path_factory.mktemp("strangers") / "home", embedding="none") as daemon:
        yield daemon


@pytest.fixture(scope="module")
def theirs(home: LiveDaemon, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the ids of what another tenant has, and files to type."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "new.md").write_text("# Ants\n\nAnts carry.\n")
    (folder / "questions.jsonl").write_text('{"question": "Why?", "answer": "So."}\n')
    with home.client() as owner:
        owner.create_tenant(TenantIn(id="theirs"))
    with home.client("theirs") as client:
        twin = client.twin("default").id
        taken = client.ingest_text(twin, TextIn(text="Bees dance.", title="bees"))
        finished(client, taken.job.id)
        answer = client.answer(twin, ChatIn(message="What do bees do?"))
        watch = client.add_watch(twin, WatchIn(path=str(folder)))
        wait_until(lambda: client.watches(twin).watches[0].live == 1)
        return {
            "twin": twin,
            "source": taken.source.id,
            "job": taken.job.id,
            "conversation": answer.conversation_id,
            "watch": watch.id,
            "qa": client.add_verified(twin, VerifiedIn(question="Why?", answer="So.")).id,
            "key": client.create_key(KeyIn(name="theirs")).id,
            "share": client.create_share(twin, ShareIn()).id,
            "folder": str(folder),
            "file": str(folder / "new.md"),
            "questions": str(folder / "questions.jsonl"),
        }


def test_no_command_is_forgotten() -> None:
    covered = STRANGE.keys() | OF_NOBODY
    left = {name for name in commands() if name not in covered and name.split()[0] not in covered}

    assert left == set()
    assert STRANGE.keys() <= set(commands())


@pytest.mark.parametrize("line", LINES)
def test_what_another_tenant_has_is_not_found(
    line: str,
    home: LiveDaemon,
    theirs: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Why?\n")))
    words = [word.format(**theirs) for word in line.split()]

    code = main(["--home", str(home.root), *words])

    printed = capsys.readouterr()
    assert code == NOT_FOUND, printed.err
    assert printed.out == ""


def test_nothing_of_theirs_is_gone(home: LiveDaemon, theirs: dict[str, str]) -> None:
    with home.client("theirs") as client:
        (key,) = list(client.keys())
        assert key.id == theirs["key"]
        assert client.source("default", theirs["source"]).status == "live"
        assert client.watches("default").watches[0].id == theirs["watch"]
        assert client.key(theirs["key"]).state == "active"
        assert client.twin("default").name == "Default"
