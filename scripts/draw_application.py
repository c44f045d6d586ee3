"""A picture of the terminal application as it talks with a twin."""

from html import unescape
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from twinctl.client.launch import Place
from twinctl.paths import find_home
from twinctl.tui.app import TwinApp
from twinctl.tui.desk import Desk
from twinctl.wire.system import Check

SIZE = (112, 18)
STEP_S = 0.1
KNOWING = "has 7 sources"


async def drawn_application(root: Path, twin: str, questions: tuple[str, ...]) -> str:
    """Ask on the screen to talk on; return what it shows in the end, as SVG."""
    place = Place(home=find_home(str(root)), root=root)
    app = TwinApp(Desk(place=place, tenant="default", twin=twin, doctor=_examined))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("4")
        await _until_read(pilot, KNOWING)
        for question in questions:
            app.screen.query_one(Input).value = question
            await pilot.press("enter")
            await _until_read(pilot, question)
            await app.workers.wait_for_complete()
            await pilot.pause(STEP_S)
        return app.export_screenshot(title="twinctl tui")


def _examined(*, fix: bool) -> list[Check]:  # noqa: ARG001 - the screen that repairs is not drawn
    return []


async def _until_read(pilot: Pilot[None], text: str) -> None:
    while text not in _shown(pilot):
        await pilot.pause(STEP_S)


def _shown(pilot: Pilot[None]) -> str:
    return unescape(pilot.app.export_screenshot()).replace("\xa0", " ")
