"""The terminal application against a real daemon: driving it, and reading its screen as text."""

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from tests.support.daemon import LiveDaemon
from tests.support.waiting import PATIENCE_S, POLL_S
from twinctl.client.launch import Place
from twinctl.tui.app import TwinApp
from twinctl.tui.desk import Desk
from twinctl.wire.system import Check

SNAPSHOTS = Path(__file__).parent.parent / "tui" / "snapshots"
NARROW, WIDE = (80, 24), (140, 40)
SIZES = {"80x24": NARROW, "140x40": WIDE}

_WRITES = "WRITE_SNAPSHOTS"
"""Set in the environment, it has the snapshots written anew instead of compared."""

CHECKS = [
    Check(name="python", state="ok", message="3.11.9"),
    Check(name="disk", state="warning", message="0.9 GB free at /home", hint="make room"),
]


def doctor(*, fix: bool) -> list[Check]:
    """Find the same on every machine; a repair makes the warning go away."""
    return CHECKS[:1] if fix else CHECKS


@asynccontextmanager
async def running(
    daemon: LiveDaemon, *, twin: str = "default", size: tuple[int, int] = NARROW
) -> AsyncIterator[Pilot[None]]:
    """Yield a pilot of the application, connected to a daemon."""
    place = Place(home=daemon.home, root=daemon.root)
    app = TwinApp(Desk(place=place, tenant="default", twin=twin, doctor=doctor))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(app.standing.name or app.standing.trouble))
        yield pilot


async def until(pilot: Pilot[None], is_true: Callable[[], bool]) -> None:
    """Let the application go on until the answer is yes.

    Raises:
        AssertionError: It stayed no for three minutes; shows the screen.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < deadline, f"waited in vain:\n{shown(pilot)}"
        await pilot.pause(POLL_S)


async def reads(pilot: Pilot[None], text: str) -> None:
    """Let the application go on until a text stands on the screen."""
    await until(pilot, lambda: text in shown(pilot))


def shown(pilot: Pilot[None]) -> str:
    """Return what stands on the screen, without space at the ends of lines."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def matches_snapshot(pilot: Pilot[None], name: str) -> bool:
    """Compare the screen with what is kept under a name; tell what is shown if it differs."""
    text, path = shown(pilot), SNAPSHOTS / f"{name}.txt"
    if os.environ.get(_WRITES):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    assert text == kept, f"{path.name} differs; {_WRITES}=1 keeps what is shown now:\n{text}"
    return True
