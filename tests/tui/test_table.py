"""A table of any number of rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from twinctl.tui.themes import DARK
from twinctl.tui.widgets.table import Column, Table

pytestmark = pytest.mark.anyio


class TableApp(App[None]):
    CSS_PATH = "../../twinctl/tui/twin.tcss"

    def __init__(self) -> None:
        super().__init__()
        columns: tuple[Column[str], ...] = (
            Column(title="WORD", text=str),
            Column(title="SIZE", text=lambda word: str(len(word))),
        )
        self.table = Table(columns, str, empty="no words")
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.table


@asynccontextmanager
async def shown(*words: str) -> AsyncIterator[tuple[Pilot[None], Table[str]]]:
    app = TableApp()
    async with app.run_test(size=(40, 6)) as pilot:
        app.table.focus()
        app.table.show(words)
        await pilot.pause()
        yield pilot, app.table


def lines(table: Table[str]) -> list[str]:
    return [table.render_line(y).text.split(" ")[0] for y in range(table.size.height)]


async def test_rows_that_do_not_fit_are_scrolled_to() -> None:
    async with shown(*"abcdefghij") as (pilot, table):
        assert lines(table) == ["WORD", "a", "b", "c", "d", "e"]
        await pilot.press("end")
        assert lines(table) == ["WORD", "f", "g", "h", "i", "j"]
        assert table.row == "j"


async def test_the_cursor_stays_on_its_row_when_others_come_and_go() -> None:
    async with shown("b", "c", "d") as (pilot, table):
        await pilot.press("down")
        table.apply(["a"], gone=["b"])
        assert table.row == "c"
        assert lines(table)[1:4] == ["a", "c", "d"]


async def test_a_cursor_that_was_not_moved_stays_on_the_newest_row() -> None:
    async with shown("b", "c") as (pilot, table):
        table.apply(["a"])
        assert table.row == "a"
        await pilot.press("down", "home")
        table.apply(["z"])
        assert table.row == "z"


async def test_the_row_under_the_cursor_may_go() -> None:
    async with shown("a", "b") as (pilot, table):
        await pilot.press("end")
        table.apply([], gone=["b"])
        assert table.row == "a"
        table.apply([], gone=["a"])
        assert table.row is None
        assert lines(table)[1] == "no"


async def test_rows_that_are_left_out_come_back() -> None:
    async with shown("a", "b", "c") as (_, table):
        table.only(lambda word: word == "b")
        assert (table.shown, table.row) == (1, "b")
        table.only(None)
        assert table.shown == 3


async def test_cells_are_as_wide_as_they_are_seen() -> None:
    async with shown("日本語日本語日本語日本語日本語", "a\x1b[31mb") as (_, table):
        assert {table.render_line(y).cell_length for y in range(3)} == {table.size.width}
        assert "\x1b" not in table.render_line(2).text
