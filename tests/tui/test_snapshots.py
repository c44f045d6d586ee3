"""Every screen as it looks on a small terminal and on a large one."""

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.screens import SIZES, matches_snapshot, reads, running, shown, type_line, until

pytestmark = pytest.mark.anyio

ABOUT_BREAD = "how long is rye bread baked?"


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Return the name of a size."""
    name = request.param
    assert isinstance(name, str)
    return name


async def test_overview(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await reads(pilot, "in all")
        await reads(pilot, "models")
        assert matches_snapshot(pilot, f"overview-{size}")


async def test_places_on_a_very_narrow_terminal(still_daemon: LiveDaemon) -> None:
    async with running(still_daemon, twin="ada", size=(60, 24)) as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread is baked")
        assert matches_snapshot(pilot, "sources-60x24")


async def test_sources(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread is baked")
        assert matches_snapshot(pilot, f"sources-{size}")


async def test_adding_sources(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread is baked")
        await pilot.press("a")
        await reads(pilot, "Add sources")
        assert matches_snapshot(pilot, f"sources-add-{size}")


async def test_jobs(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await pilot.press("3")
        await reads(pilot, "now embedding")
        assert matches_snapshot(pilot, f"jobs-{size}")


async def test_chat(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="grace", size=SIZES[size]) as pilot:
        await pilot.press("4")
        await reads(pilot, "has 2 sources")
        await type_line(pilot, ABOUT_BREAD)
        await reads(pilot, "warm ground. [1]")
        await reads(pilot, "^r Quotes")
        await reads(pilot, "esc Leave the line")
        assert matches_snapshot(pilot, f"chat-{size}")
        await pilot.press("ctrl+r", "enter")
        await reads(pilot, "esc Back")
        await reads(pilot, "# Bread")
        assert matches_snapshot(pilot, f"chat-quote-{size}")


async def test_settings(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await pilot.press("8")
        await reads(pilot, "make room")
        assert matches_snapshot(pilot, f"settings-{size}")


async def test_a_twin_that_does_not_exist(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="nobody", size=SIZES[size]) as pilot:
        await pilot.press("2")
        await reads(pilot, "there is no twin")
        await until(pilot, lambda: "loading" not in shown(pilot))
        assert matches_snapshot(pilot, f"no-twin-{size}")


async def test_commands(still_daemon: LiveDaemon, size: str) -> None:
    async with running(still_daemon, twin="ada", size=SIZES[size]) as pilot:
        await pilot.press("2")
        await reads(pilot, "Rye bread is baked")
        await pilot.press("ctrl+p")
        await reads(pilot, "What is to be done?")
        assert matches_snapshot(pilot, f"commands-{size}")
