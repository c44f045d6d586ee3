"""Leaving the application while threads still tell it things."""

import pytest
from textual.message import Message

from tests.support.daemon import LiveDaemon
from tests.support.screens import reads, running
from twinctl.errors import DaemonUnreachable, Misused
from twinctl.tui.messages import Changed, Connected, Failed, Lost

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "message",
    [
        Connected(),
        Changed(),
        Lost(DaemonUnreachable("the daemon stopped")),
        Failed(Misused("no"), is_action=True),
        Failed(Misused("no"), is_action=False),
    ],
    ids=["connected", "changed", "lost", "action-failed", "question-failed"],
)
async def test_what_comes_while_it_is_taken_down_is_let_go(
    still_daemon: LiveDaemon, message: Message
) -> None:
    async with running(still_daemon, twin="ada") as pilot:
        await reads(pilot, "ready")
        app = pilot.app
        close_all = app._close_all

        async def close_all_and_hear() -> None:
            await close_all()
            app.post_message(message)

        app._close_all = close_all_and_hear  # type: ignore[method-assign]
    assert not app.is_running
