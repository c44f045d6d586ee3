"""The screens of audience, conversations and keys on a small terminal and on a large one."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen

from tests.support.asked import BUILT, TICKET, TOWER, counted, keeper
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import SIZES, matches_snapshot, reads, running, shown, until
from twinctl.tui.widgets.gap import AnswerWindow
from twinctl.tui.widgets.key_form import KeyForm
from twinctl.tui.widgets.passage import Passage
from twinctl.wire.keys import KeyIn

pytestmark = pytest.mark.anyio

TWIN = "keeper"
MANY = [BUILT, TOWER, TICKET, "Does the ferry to Ghent take dogs?", TICKET, BUILT, BUILT]
ALIKE = 5
UNEVEN = {
    r"\d+(\.\d)? m?s, 95 % within \d+(\.\d)? m?s": "0 ms, 95 % within 0 ms",
    r"(?<=[sp]k_)\w{5}…\w{4}": "XXXXX…XXXX",
}
"""How long answers took, and keys."""
BEHIND = {r"(?m)^.*?(?=[│╭╰])": "", r"(?m)(?<=[│╮╯])[^│╮╯]*?$": ""}
"""What peeps out on both sides of a window."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon whose twin was asked some questions, and whose owner has two keys."""
    with live_daemon(tmp_path_factory.mktemp("crowd") / "home", embedding="none") as daemon:
        counted(daemon, keeper(daemon, TWIN), MANY)
        with daemon.client() as client:
            client.create_key(KeyIn(name="Reports", scopes=["chat", "stats:read"]))
            origins = ["https://skerry.example"]
            client.create_key(
                KeyIn(name="Site", kind="publishable", twins=[TWIN], origins=origins)
            )
        yield daemon


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Return the name of a size."""
    name = request.param
    assert isinstance(name, str)
    return name


async def settled(pilot: Pilot[None]) -> None:
    """Let the application go on until several frames are alike."""
    frames: list[str] = []

    def is_still() -> bool:
        frames.append(shown(pilot))
        return len(frames) > ALIKE and len(set(frames[-ALIKE:])) == 1

    await until(pilot, is_still)


async def matches(pilot: Pilot[None], name: str) -> bool:
    await settled(pilot)
    is_window = isinstance(pilot.app.screen, ModalScreen)
    return matches_snapshot(pilot, name, uneven=UNEVEN | BEHIND if is_window else UNEVEN)


async def test_audience(crowd: LiveDaemon, size: str) -> None:
    async with running(crowd, twin=TWIN, size=SIZES[size]) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        assert await matches(pilot, f"audience-{size}")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswerWindow))
        wordings = pilot.app.screen.query_one("#wordings", Passage)
        await until(pilot, lambda: wordings.text == TICKET)
        assert await matches(pilot, f"audience-answer-{size}")


async def test_the_rest_of_the_audience(crowd: LiveDaemon) -> None:
    async with running(crowd, twin=TWIN) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        await pilot.press("tab", "tab")
        await reads(pilot, "Why questions were refused")
        assert await matches(pilot, "audience-rest-80x24")


async def test_conversations(crowd: LiveDaemon, size: str) -> None:
    async with running(crowd, twin=TWIN, size=SIZES[size]) as pilot:
        await pilot.press("6")
        await reads(pilot, f"> {BUILT}")
        assert await matches(pilot, f"conversations-{size}")
        await pilot.press("enter")
        await until(pilot, lambda: "c Citations  esc Back" in shown(pilot))
        await reads(pilot, "Margaret Dunmore. [1]")
        assert await matches(pilot, f"conversations-read-{size}")


async def test_keys(crowd: LiveDaemon, size: str) -> None:
    async with running(crowd, twin=TWIN, size=SIZES[size]) as pilot:
        await pilot.press("7")
        await reads(pilot, "https://skerry.example")
        assert await matches(pilot, f"keys-{size}")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeyForm))
        await reads(pilot, "Scopes")
        assert await matches(pilot, f"keys-new-{size}")
