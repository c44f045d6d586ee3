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


async def test_a_table_stands_in_columns() -> None:
    async with Page().run_test() as pilot:
        pilot.app.query_one(Transcript).answer("\n".join(["It is hot.", *ROWS, "Wait. [2]"]))
        await reads(pilot, "Wait. [2]")
        lines = shown(pilot).splitlines()
        rows = [next(line for line in lines if row.split(" | ")[0] in line) for row in ROWS]
        columns = {row.index(cell.split(" | ")[1]) for row, cell in zip(rows, ROWS, strict=True)}
        assert len(columns) == 1
        assert not any("|" in row for row in rows)


async def test_lines_stay_lines() -> None:
    async with Page().run_test() as pilot:
        transcript = pilot.app.query_one(Transcript)
        written = transcript.answer()
        written.add("\n".join(["It is warm.", "", "1. Knead", "2. Bake"]))
        await reads(pilot, "Bake")
        lines = [line.strip() for line in shown(pilot).splitlines()]
        assert {"It is warm.", "1. Knead", "2. Bake"} <= set(lines)
