"""The bars around every screen."""

import pytest
from textual.app import App, ComposeResult

from twinctl.tui.app import SCREENS
from twinctl.tui.widgets.bars import Places

pytestmark = pytest.mark.anyio

PLACES = [(screen.key, screen.mode, screen.label) for screen in SCREENS]
LONGEST = max(PLACES, key=lambda place: len(place[2]))


class PlacesApp(App[None]):
    def __init__(self, current: str) -> None:
        super().__init__()
        self.places = Places(PLACES, current)

    def compose(self) -> ComposeResult:
        yield self.places


@pytest.mark.parametrize(
    ("width", "place", "line"),
    [
        (100, PLACES[0], "1 Overview  2 Sources  3 Jobs  4 Chat  5 Audience  6 Conversations"),
        (80, PLACES[0], "1 Overview 2 Sources 3 Jobs 4 Chat 5 Audience 6 Conversations 7 Keys"),
        (60, PLACES[0], "1 Overview 2 Sour 3 Jobs 4 Chat 5 Audi 6 Conv 7 Keys 8 Sett"),
        (60, LONGEST, "1 Ove 2 Sou 3 Job 4 Cha 5 Aud 6 Conversations 7 Key 8 Set"),
        (40, LONGEST, "1 2 3 4 5 6 Conversations 7 8"),
    ],
    ids=["100", "80", "60-short", "60-long", "40"],
)
async def test_every_place_is_shown_by_its_key_and_the_current_one_whole(
    width: int, place: tuple[str, str, str], line: str
) -> None:
    app = PlacesApp(place[1])
    async with app.run_test(size=(width, 3)) as pilot:
        await pilot.pause()
        shown = app.places.render_line(0).text.rstrip()
    assert shown.startswith(line)
    assert all(key in shown for key, _, _ in PLACES)
