"""The application around the screens."""

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.screens import reads, running, shown, until

pytestmark = pytest.mark.anyio


async def test_the_header_names_the_twin_and_the_daemon(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await until(pilot, lambda: "ready" in shown(pilot))
        assert "Ada Lovelace (ada)" in shown(pilot).splitlines()[0]


async def test_another_twin_is_chosen_by_typing_its_name(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="ada") as pilot:
        await pilot.press("ctrl+t")
        await reads(pilot, "Which twin?")
        await pilot.press(*"default", "enter")
        await until(pilot, lambda: "(default)" in shown(pilot).splitlines()[0])


async def test_a_twin_that_does_not_exist_is_told_in_the_banner(shown_daemon: LiveDaemon) -> None:
    async with running(shown_daemon, twin="nobody") as pilot:
        await reads(pilot, "no twin")
