"""The lists that a report ends with."""

import pytest
from textual.app import App, ComposeResult

from tests.support.reports import report
from twinctl.tui.themes import DARK
from twinctl.tui.widgets.breakdowns import Breakdowns
from twinctl.wire.audience import AudienceOut

pytestmark = pytest.mark.anyio

NARROW, WIDE = (60, 50), (140, 20)


class BreakdownsApp(App[None]):
    CSS_PATH = "../../twinctl/tui/twin.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as in the app

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield Breakdowns()


async def drawn(audience: AudienceOut, size: tuple[int, int]) -> list[str]:
    app = BreakdownsApp()
    async with app.run_test(size=size) as pilot:
        app.query_one(Breakdowns).show(audience)
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips if strip.text.strip()]


async def test_they_stand_below_one_another_where_it_is_narrow() -> None:
    lines = await drawn(report(), NARROW)
    titles = [
        "Why questions were refused",
        "Ways they came",
        "Pages they were asked on",
        "Sources, by answers that cite them",
        "Never cited: 3 sources: Text 0, Text 1, Text 2.",
    ]
    assert [line.strip() for line in lines if line.strip() in titles] == titles
    assert "    28  ████████  the sources do not say" in lines
    assert lines.count(" and 2 more") == 2


async def test_they_stand_side_by_side_where_it_is_wide() -> None:
    first, *_ = lines = await drawn(report(), WIDE)
    assert first.split("  ")[0] == " Why questions were refused"
    assert "Pages they were asked on" in first
    assert first.endswith("Sources, by answers that cite them")
    assert len(lines) < WIDE[1]


async def test_what_has_no_rows_takes_no_room() -> None:
    text = "\n".join(await drawn(report(hosts=0, never=0), WIDE))
    assert "Ways they came" in text
    assert "Pages" not in text
    assert "Never" not in text
