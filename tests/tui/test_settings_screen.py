"""The screen of settings and findings."""

from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import reads, running, shown, until
from twinctl.client.launch import running_pid
from twinctl.config import read_settings

pytestmark = pytest.mark.anyio


async def test_a_setting_is_changed_in_the_file(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        async with running(daemon, size=(140, 40)) as pilot:
            await pilot.press("8")
            await reads(pilot, "models.embedding")
            await pilot.press("down", "down", "down", "enter")
            await reads(pilot, "Seconds a model stays loaded")
            await pilot.press("ctrl+u", *"60", "enter")
            await reads(pilot, "R restarts it")
            held = read_settings(daemon.home.config)["models.keep_alive_s"]
            assert (held.value, held.origin) == (60, "file")


async def test_a_value_that_is_not_allowed_is_told_in_a_window(shown_daemon: LiveDaemon) -> None:
    before = shown_daemon.home.config.read_text()
    async with running(shown_daemon) as pilot:
        await pilot.press("8")
        await reads(pilot, "models.keep_alive_s")
        await pilot.press("down", "down", "down", "enter")
        await reads(pilot, "Seconds a model stays loaded")
        await pilot.press("ctrl+u", *"soon", "enter")
        await reads(pilot, "takes a whole number")
        assert shown_daemon.home.config.read_text() == before


async def test_one_of_several_values_is_picked(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon) as pilot:
        await pilot.press("8")
        await reads(pilot, "models.embedding")
        await pilot.press("end", "enter")
        await reads(pilot, "warning")
        await pilot.press("escape")


async def test_findings_come_with_the_way_out_and_are_repaired(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon) as pilot:
        await pilot.press("8")
        await reads(pilot, "→ make room")
        await pilot.press("p")
        await until(pilot, lambda: "make room" not in shown(pilot))


async def test_the_daemon_is_restarted_once_the_question_is_answered(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        before = daemon.pid
        async with running(daemon) as pilot:
            await pilot.press("8", "R")
            await reads(pilot, "Restart the daemon?")
            await pilot.press("y")
            await until(pilot, lambda: running_pid(daemon.home) not in {None, before})
            await reads(pilot, "ready")
