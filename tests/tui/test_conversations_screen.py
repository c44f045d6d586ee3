"""The screen of conversations."""

import pytest
from textual.pilot import Pilot

from tests.support.asked import BUILT, TICKET, TOWER, asked, keeper
from tests.support.daemon import LiveDaemon
from tests.support.screens import reads, running, shown, until
from twinctl.tui.screens.conversations import ConversationsScreen
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.reading import ReadingWindow

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def twin(shown_daemon: LiveDaemon) -> str:
    """Return a twin that had three conversations; the last question was refused."""
    slug = keeper(shown_daemon, "talker")
    asked(shown_daemon, slug, [BUILT, TOWER, TICKET])
    return slug


def rows(pilot: Pilot[None]) -> int:
    screen = pilot.app.screen
    assert isinstance(screen, ConversationsScreen)
    return screen.table.shown


async def test_conversations_are_listed_and_read(shown_daemon: LiveDaemon, twin: str) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("6")
        await reads(pilot, "✗ refused")
        lines = shown(pilot).splitlines()
        (refused,) = [line for line in lines if line.endswith(TICKET) and "chat" in line]
        assert "✗ 1" in refused
        await pilot.press("down")
        await reads(pilot, "The tower is made of grey granite. [1]")
        assert "✗ refused" not in shown(pilot)


async def test_typing_searches_questions_and_answers(shown_daemon: LiveDaemon, twin: str) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("6")
        await until(pilot, lambda: rows(pilot) == 3)
        await pilot.press("slash", *"margaret")
        await until(pilot, lambda: rows(pilot) == 1)
        passage = pilot.app.screen.query_one(Passage)
        await until(pilot, lambda: passage.marked == "Margaret")
        await pilot.press(*" zebra")
        await reads(pilot, "nothing was found")
        await pilot.press("escape")
        await until(pilot, lambda: rows(pilot) == 3)


async def test_refusals_and_channels_are_shown_apart(shown_daemon: LiveDaemon, twin: str) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("6")
        await until(pilot, lambda: rows(pilot) == 3)
        await pilot.press("x")
        await until(pilot, lambda: rows(pilot) == 1)
        await reads(pilot, "1 conversation, refused")
        await pilot.press("x", "f")
        await reads(pilot, "3 conversations, chat")
        await pilot.press("f")
        await reads(pilot, "0 conversations, widget")


async def test_a_conversation_is_read_over_the_whole_screen_and_its_citation_opened(
    shown_daemon: LiveDaemon, twin: str
) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("6", "slash", *"granite")
        await until(pilot, lambda: rows(pilot) == 1)
        await pilot.press("enter", "enter")
        await reads(pilot, "esc Back")
        await reads(pilot, "[1] The light")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow))
        opened = pilot.app.screen.query_one(Passage)
        await until(pilot, lambda: opened.marked == "The tower is made of grey granite.")
        await pilot.press("escape", "escape")
        await reads(pilot, "/ Search")


async def test_a_conversation_without_citations_says_so(
    shown_daemon: LiveDaemon, twin: str
) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("6")
        await reads(pilot, "✗ refused")
        await pilot.press("c")
        await reads(pilot, "No answer here cites a source.")


async def test_a_twin_that_nobody_asked_says_so(shown_daemon: LiveDaemon) -> None:
    keeper(shown_daemon, "hermit")
    async with running(shown_daemon, twin="hermit") as pilot:
        await pilot.press("6")
        await reads(pilot, "nobody has asked anything yet")
