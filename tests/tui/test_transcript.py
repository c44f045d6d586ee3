"""A conversation as it is read."""

import pytest
from textual.app import App, ComposeResult

from tests.support.screens import reads, shown
from twinctl.tui.widgets.transcript import Transcript

pytestmark = pytest.mark.anyio

ROWS = ["Oven | Degrees", "Rye bread | 230", "White bread | 250 [1]"]


class Page(App[None]):
    """Nothing but a transcript."""

    def compose(self) -> ComposeResult:
        """Make it."""
        yield Transcript()


async def test_the_rows_of_a_table_stay_in_their_lines() -> None:
    async with Page().run_test() as pilot:
        transcript = pilot.app.query_one(Transcript)
        transcript.answer("\n".join(ROWS))
        written = transcript.answer()
        written.add("\n".join(["It is warm.", "", "1. Knead", "2. Bake"]))
        await reads(pilot, "Bake")
        lines = [line.strip() for line in shown(pilot).splitlines()]
        assert {*ROWS, "It is warm.", "1. Knead", "2. Bake"} <= set(lines)
