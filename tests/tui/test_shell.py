"""The application around the screens."""

from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import reads, running, shown, type_line, until
from twinctl.tui.themes import DARK, LIGHT
from twinctl.wire.sources import TextIn
from twinctl.wire.twins import TwinIn

pytestmark = pytest.mark.anyio


async def test_the_header_names_the_twin_and_the_daemon(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await until(pilot, lambda: "ready" in shown(pilot))
        assert "Ada Lovelace (ada)" in shown(pilot).splitlines()[0]


async def test_every_screen_has_a_key(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        for key, sign in (("2", "STATUS"), ("3", "STEPS"), ("8", "DOCTOR"), ("1", "passages")):
            await pilot.press(key)
            await reads(pilot, sign)
        await pilot.press("4")
        await reads(pilot, "Ask something")


async def test_another_twin_is_chosen_by_typing_its_name(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("ctrl+t")
        await reads(pilot, "Which twin?")
        await pilot.press(*"default", "enter")
        await until(pilot, lambda: "(default)" in shown(pilot).splitlines()[0])


async def test_a_twin_that_does_not_exist_is_told_in_the_banner(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="nobody") as pilot:
        await reads(pilot, "no twin")


async def test_the_palette_does_what_is_typed(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("ctrl+p")
        await reads(pilot, "What is to be done?")
        await type_line(pilot, "go to jobs")
        await reads(pilot, "STEPS")
        await pilot.press("ctrl+p")
        await reads(pilot, "What is to be done?")
        await type_line(pilot, "sources: add")
        await reads(pilot, "A file, a folder, a web address or a video.")


async def test_it_can_be_dark_and_light(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        assert pilot.app.theme == DARK.name
        await pilot.press("ctrl+l")
        assert pilot.app.theme == LIGHT.name


async def test_the_mouse_does_what_keys_do(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.click("Places", offset=(23, 0))
        await reads(pilot, "STEPS")
        await pilot.click("Places", offset=(12, 0))
        await reads(pilot, "Rye bread is baked")
        await pilot.click("#sources", offset=(5, 2))
        await reads(pilot, "The harbour of Akureyri")
        await pilot.click("Screen > Keys", offset=(23, 0))
        await reads(pilot, "A file, a folder, a web address or a video.")


async def test_it_fits_into_any_terminal(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        for key in "12348":
            await pilot.press(key)
            for size in ((140, 40), (40, 10), (20, 5), (80, 24)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
            await pilot.press("escape")
        await reads(pilot, "DOCTOR")


async def test_keys_that_would_be_typed_are_not_offered(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("2")
        await reads(pilot, "a Add")
        await pilot.press("slash")
        await until(pilot, lambda: "a Add" not in shown(pilot))


async def test_a_daemon_that_is_killed_is_a_banner_until_it_is_back(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        async with running(daemon) as pilot:
            await pilot.press("2")
            await reads(pilot, "nothing yet")
            daemon.kill()
            await reads(pilot, "no daemon")
            await reads(pilot, "ctrl+s starts it")
            await pilot.press("ctrl+t")
            await reads(pilot, "esc Close")
            await pilot.press("escape")
            daemon.start()
            with daemon.client() as client:
                client.ingest_text("default", TextIn(text="Rye is baked.", title="Bread"))
            await reads(pilot, "Bread")
            assert "no daemon" not in shown(pilot)


async def test_a_daemon_that_went_away_is_started_by_a_key(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        async with running(daemon) as pilot:
            daemon.stop()
            await reads(pilot, "ctrl+s starts it")
            await pilot.press("ctrl+s")
            await reads(pilot, "ready")


async def test_nothing_that_others_wrote_reaches_the_terminal_as_an_order(
    tmp_path: Path,
) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        with daemon.client() as client:
            client.create_twin(TwinIn(name="Odd [bold]", slug="odd"))
            for title in ("\x1b[31mred\x1b]0;mine\x07", "[b]bold[/b] [@click=app.quit]x[/]"):
                text = f"{title} says that \x1b[2J rye is baked."
                client.ingest_text("odd", TextIn(text=text, title=title))
        async with running(daemon, twin="odd") as pilot:
            for key in "1234":
                await pilot.press(key)
                await pilot.pause()
                assert "\x1b" not in shown(pilot)
            await type_line(pilot, "is rye baked?")
            await until(pilot, lambda: "says" in shown(pilot) or "Refused" in shown(pilot))
            assert "\x1b" not in shown(pilot)


def test_without_a_terminal_it_says_so(shown_daemon: LiveDaemon) -> None:
    done = shown_daemon.run("tui")
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal" in done.stderr
