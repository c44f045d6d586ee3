"""The screen of keys."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from tests.support.daemon import LiveDaemon
from tests.support.screens import reads, running, shown, until
from twinctl.client.client import TwinClient
from twinctl.tui.widgets.key_form import KeyForm
from twinctl.wire.keys import KeyIn, KeyOut

pytestmark = pytest.mark.anyio


@pytest.fixture
def client(shown_daemon: LiveDaemon) -> Iterator[TwinClient]:
    with shown_daemon.client() as opened:
        yield opened


def named(client: TwinClient, name: str) -> list[KeyOut]:
    """Return the keys of a name, newest first."""
    keys = list(client.keys())
    return [key for key in keys if key.name == name]


async def open_form(pilot: Pilot[None]) -> None:
    await pilot.press("7", "n")
    await until(pilot, lambda: isinstance(pilot.app.screen, KeyForm))


async def test_a_key_is_made_shown_once_and_copied(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    async with running(shown_daemon) as pilot:
        await open_form(pilot)
        await pilot.press(*"Reports", "tab", "tab", "tab", "space", "ctrl+g")
        await reads(pilot, "it is not shown again")
        await pilot.press("c")
        await reads(pilot, "Sent to the clipboard")
        secret = pilot.app.clipboard
        (made,) = named(client, "Reports")
        assert secret.startswith(made.prefix)
        assert secret.endswith(made.last_four)
        assert made.scopes == ["chat", "search"]
        await pilot.press("escape")
        await reads(pilot, "Reports")
        assert secret not in shown(pilot)


async def test_a_key_for_pages_takes_origins_and_an_end(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    async with running(shown_daemon) as pilot:
        await open_form(pilot)
        await pilot.press(*"Site", "tab", "right", "space")
        await reads(pilot, "Pages")
        assert "Scopes" not in shown(pilot)
        await pilot.press("tab", *"ada", "tab", *"https://example.com", "tab", *"30", "tab")
        await pilot.press(*"20", "enter")
        await reads(pilot, "pk_")
        (made,) = named(client, "Site")
        assert (made.kind, made.twins) == ("publishable", ["ada"])
        assert (made.origins, made.requests_per_minute) == (["https://example.com"], 20)
        assert made.expires_at is not None
        assert (made.expires_at - made.created_at).days in {29, 30}


async def test_what_cannot_be_used_is_told_and_can_be_mended(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    async with running(shown_daemon) as pilot:
        await open_form(pilot)
        await pilot.press(*"Mended", "shift+tab", *"many", "enter")
        await reads(pilot, "many is not a whole number")
        await pilot.press("escape", "end", *["backspace"] * 4, *"9", "enter")
        await reads(pilot, "it is not shown again")
        (made,) = named(client, "Mended")
        assert made.requests_per_minute == 9


async def test_a_twin_that_is_not_there_leaves_the_form_open(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    async with running(shown_daemon) as pilot:
        await open_form(pilot)
        await pilot.press(*"Nobody's", "shift+tab", "shift+tab", "shift+tab", *"ghost", "enter")
        await reads(pilot, "there is no twin ghost")
        await pilot.press("escape")
        await reads(pilot, "A new key")
        assert named(client, "Nobody's") == []


async def test_a_key_is_rotated_with_an_overlap(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    old = client.create_key(KeyIn(name="Turned"))
    async with running(shown_daemon) as pilot:
        await pilot.press("7")
        await reads(pilot, "Turned")
        await pilot.press("r")
        await reads(pilot, "Rotate Turned")
        await pilot.press("end", "backspace", "backspace", "2", "enter")
        await reads(pilot, "it is not shown again")
        await pilot.press("escape")
        await reads(pilot, "replaced")
    before = client.key(old.id)
    assert before.state == "replaced"
    assert before.expires_at is not None
    assert len(named(client, "Turned")) == 2


async def test_a_key_is_revoked_once_the_question_is_answered(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    key = client.create_key(KeyIn(name="Ended"))
    async with running(shown_daemon) as pilot:
        await pilot.press("7")
        await reads(pilot, "Ended")
        await pilot.press("d")
        await reads(pilot, "Revoke Ended?")
        await pilot.press("n", "d")
        await reads(pilot, "Revoke Ended?")
        assert client.key(key.id).state == "active"
        await pilot.press("y")
        await reads(pilot, "Revoked Ended.")
    assert client.key(key.id).state == "revoked"


async def test_keys_that_have_ended_are_shown_at_wish(
    shown_daemon: LiveDaemon, client: TwinClient
) -> None:
    client.create_key(KeyIn(name="Living"))
    client.revoke_key(client.create_key(KeyIn(name="Bygone")).id)
    async with running(shown_daemon) as pilot:
        await pilot.press("7")
        await reads(pilot, "f Ended")
        assert "Bygone" not in shown(pilot)
        await pilot.press("f")
        await reads(pilot, "Bygone")
        await pilot.press("f")
        await until(pilot, lambda: "Bygone" not in shown(pilot))
