"""The terminal application against a real daemon: driving it, and reading its screen as text."""

import os
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.daemon import LiveDaemon
from tests.support.waiting import PATIENCE_S, POLL_S, finished
from twinctl.client.client import TwinClient
from twinctl.client.launch import Place
from twinctl.tui.app import TwinApp
from twinctl.tui.desk import Desk
from twinctl.wire.sources import TextIn
from twinctl.wire.system import Check

SNAPSHOTS = Path(__file__).parent.parent / "tui" / "snapshots"
NARROW, WIDE = (80, 24), (140, 40)
SIZES = {"80x24": NARROW, "140x40": WIDE}

_WRITES = "WRITE_SNAPSHOTS"
"""Set in the environment, it has the snapshots written anew instead of compared."""

_VOLATILE = (
    r"(?<=[a-z]{3}_)[0-9a-z]{26}",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?",
    r"\d\d:\d\d:\d\d",
    r"\b\d+\.\d+\.\d+\b",
    r"\b\d\d [A-Z][a-z][a-z]\b",
)
"""Ids, times, versions and days, of which the shape is compared."""

_UNEVEN = {r"\b\d+\.\d+ (?=s\b)": "0.00 ", r"\b\d+\.\d [kMG]B": "0.0 MB"}
"""Seconds and sizes, whose shape differs too."""

_AGE = re.compile(r" +(?:now|min|\d+ (?:min|h))(?=  |│|$)", re.MULTILINE)
"""How long ago something was: stands to the right in its column, maybe half behind a window."""

TEXTS = {
    "Ports of Iceland": (
        "# Ports\n\nThe harbour of Akureyri freezes in hard winters.\n\n"
        "Ships that call there carry fish and timber.\n"
    ),
    "Bread": "# Bread\n\nRye bread is baked for twelve hours in the warm ground.\n",
}
"""What a twin knows, by title."""

CHECKS = [
    Check(name="python", state="ok", message="3.11.9"),
    Check(name="disk", state="warning", message="0.9 GB free at /home", hint="make room"),
]


def doctor(*, fix: bool) -> list[Check]:
    """Find the same on every machine; a repair makes the warning go away."""
    return CHECKS[:1] if fix else CHECKS


def teach(client: TwinClient, twin: str) -> None:
    """Have a twin know `TEXTS`."""
    for title, text in TEXTS.items():
        accepted = client.ingest_text(twin, TextIn(text=text, title=title))
        assert finished(client, accepted.job.id).status == "succeeded"


@asynccontextmanager
async def running(
    daemon: LiveDaemon, *, twin: str = "default", size: tuple[int, int] = NARROW
) -> AsyncIterator[Pilot[None]]:
    """Yield a pilot of the application, connected to a daemon."""
    place = Place(home=daemon.home, root=daemon.root)
    app = TwinApp(Desk(place=place, tenant="default", twin=twin, doctor=doctor))
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
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


async def type_line(pilot: Pilot[None], text: str) -> None:
    """Put a text into the line once it has the focus, at once, and press Enter."""
    await until(pilot, lambda: isinstance(pilot.app.screen.focused, Input))
    line = pilot.app.screen.focused
    assert isinstance(line, Input)
    line.value = text
    await pilot.press("enter")


async def fill_in(pilot: Pilot[None], text: str) -> None:
    """Give a line to the window that asks for one, and let it close."""
    window = pilot.app.screen
    await type_line(pilot, text)
    await until(pilot, lambda: pilot.app.screen is not window)


async def reads(pilot: Pilot[None], text: str) -> None:
    """Let the application go on until a text stands on the screen."""
    await until(pilot, lambda: text in shown(pilot))


def shown(pilot: Pilot[None]) -> str:
    """Return what stands on the screen, without space at the ends of lines."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def matches_snapshot(
    pilot: Pilot[None], name: str, *, uneven: Mapping[str, str] | None = None
) -> bool:
    """Compare the screen with what is kept under a name; tell what is shown if it differs.

    Figures that each run makes anew are compared by their shape alone.

    Args:
        pilot: Of the application.
        name: Of the snapshot.
        uneven: What takes the place of figures whose shape differs too, by their patterns.
    """
    path = SNAPSHOTS / f"{name}.txt"
    text = _AGE.sub(lambda found: "now".rjust(len(found[0])), shown(pilot))
    for pattern, put in (_UNEVEN | dict(uneven or {})).items():
        text = re.sub(pattern, put, text)
    for pattern in _VOLATILE:
        text = re.sub(pattern, lambda found: re.sub(r"[0-9A-Za-z]", "0", found[0]), text)
    if os.environ.get(_WRITES):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    assert text == kept, f"{path.name} differs; {_WRITES}=1 keeps what is shown now:\n{text}"
    return True
