"""The screen of the audience."""

import pytest
from textual.pilot import Pilot

from tests.support.asked import BUILT, TICKET, TOWER, counted, keeper
from tests.support.daemon import LiveDaemon
from tests.support.screens import reads, running, shown, until
from twinctl.tui.screens.audience import AudienceScreen
from twinctl.tui.widgets.gap import ClosedWindow
from twinctl.wire.audience import GapClosed

pytestmark = pytest.mark.anyio

OTHER = "Does the ferry to Ghent take dogs?"
ANSWER = "Two hundred pounds, one way."


@pytest.fixture(scope="module")
def twin(shown_daemon: LiveDaemon) -> str:
    """Return a twin that answered two questions and refused one twice."""
    slug = keeper(shown_daemon, "crowd")
    counted(shown_daemon, slug, [BUILT, TOWER, TICKET, TICKET])
    return slug


def screen(pilot: Pilot[None]) -> AudienceScreen:
    found = pilot.app.screen
    assert isinstance(found, AudienceScreen)
    return found


async def test_figures_chart_gaps_and_groups_are_shown(
    shown_daemon: LiveDaemon, twin: str
) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("5")
        await reads(pilot, "the last 30 days · 4 questions · 50 % answered")
        lines = shown(pilot).splitlines()
        (chart,) = [line for line in lines if line.startswith(" questions ")]
        assert chart.rstrip().endswith("█")
        gaps, groups = (shown(pilot).index(title) for title in ("Gaps:", "Questions, by meaning"))
        assert gaps < shown(pilot).index(TICKET) < groups < shown(pilot).index(BUILT)
        await pilot.press("1")
        await reads(pilot, "4 questions, 50 % answered")


async def test_all_else_of_the_report_is_scrolled_to(shown_daemon: LiveDaemon, twin: str) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        await pilot.press("tab", "tab")
        await reads(pilot, "Why questions were refused")
        await pilot.press("pagedown")
        await reads(pilot, "Sources, by answers that cite them")
        assert "the last 30 days" not in shown(pilot)
        await pilot.press("shift+tab", "shift+tab")
        await reads(pilot, "the last 30 days")


async def test_who_was_asked_nothing_has_nothing_to_scroll_to(shown_daemon: LiveDaemon) -> None:
    slug = keeper(shown_daemon, "alone")
    async with running(shown_daemon, twin=slug) as pilot:
        await pilot.press("5")
        await reads(pilot, "nobody has asked anything in these days")
        await pilot.press("tab", "tab")
        assert screen(pilot).gaps.has_focus
        assert "Never cited" not in shown(pilot)


async def test_the_days_are_changed_by_a_key(shown_daemon: LiveDaemon, twin: str) -> None:
    async with running(shown_daemon, twin=twin, size=(140, 40)) as pilot:
        await pilot.press("5")
        for days in (30, 90, 365, 7, 30):
            await reads(pilot, f"the last {days} days")
            await pilot.press("d")


async def test_a_gap_is_answered_and_closed(shown_daemon: LiveDaemon) -> None:
    slug = keeper(shown_daemon, "asking")
    counted(shown_daemon, slug, [TICKET, TICKET, OTHER])
    async with running(shown_daemon, twin=slug) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        await pilot.press("a")
        await reads(pilot, "Refused 2 times, 0 visitors: the sources do not say.")
        await pilot.press(*ANSWER)
        await reads(pilot, ANSWER)
        await pilot.press("ctrl+g")
        await reads(pilot, "2 of 2 now answered.")
        await pilot.press("escape")
        await until(pilot, lambda: screen(pilot).gaps.shown == 1)
    with shown_daemon.client() as client:
        assert [each.answer for each in client.verified(slug)] == [ANSWER]


async def test_enter_answers_only_where_the_cursor_is_on_a_gap(
    shown_daemon: LiveDaemon, twin: str
) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        await pilot.press("tab", "enter")
        assert isinstance(pilot.app.screen, AudienceScreen)
        await pilot.press("shift+tab", "enter")
        await reads(pilot, "It was asked so:")


async def test_questions_that_an_answer_does_not_serve_are_named(
    shown_daemon: LiveDaemon,
) -> None:
    closed = GapClosed(verified_id="qna_1", asked=3, answered=1, still_refused=[TICKET, OTHER])
    async with running(shown_daemon) as pilot:
        pilot.app.push_screen(ClosedWindow(closed))
        await reads(pilot, "1 of 3 now answered.")
        text = shown(pilot)
        assert text.index("Still refused:") < text.index(TICKET) < text.index(OTHER)


async def test_an_empty_answer_is_refused_and_a_written_one_not_thrown_away_unasked(
    shown_daemon: LiveDaemon, twin: str
) -> None:
    async with running(shown_daemon, twin=twin) as pilot:
        await pilot.press("5")
        await reads(pilot, TICKET)
        await pilot.press("a")
        await reads(pilot, "Give this answer")
        await pilot.press("ctrl+g")
        await reads(pilot, "answer: ")
        await pilot.press("escape")
        await pilot.press(*"Nothing", "escape")
        await reads(pilot, "Throw away what you wrote?")
        await pilot.press("n")
        await reads(pilot, "Nothing")
        await pilot.press("escape", "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, AudienceScreen))
    with shown_daemon.client() as client:
        assert list(client.verified(twin)) == []
