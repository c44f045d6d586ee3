"""A table of any number of rows, of which only those that are seen are drawn."""

import textwrap
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from twinctl.cells import elided, padded, printable

Row = TypeVar("Row")

_GAP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column.

    Attributes:
        title: Its head.
        text: What it says of a row.
        width: Cells; 0 shares what the others leave.
        is_right: Numbers stand to the right.
        tone: How a cell is coloured: a component class of the table, or nothing.
        is_wide: Only shown where there is much room.
    """

    title: str
    text: Callable[[Row], str]
    width: int = 0
    is_right: bool = False
    tone: Callable[[Row], str] | None = None
    is_wide: bool = False


TONES = {
    "live": "table--good",
    "succeeded": "table--good",
    "failed": "table--bad",
    "processing": "table--busy",
    "running": "table--busy",
    "queued": "table--faint",
    "cancelled": "table--faint",
}
"""Of what states have in common, by their words."""


class Table(ScrollView, Generic[Row], can_focus=True):
    """Rows by their keys, in the order given; those that `only` leaves out are not shown.

    The cursor stays on its row whatever comes and goes around it; before it was moved, and after
    Home, it stays on the first row whichever that is.
    """

    WIDE = 100
    """Columns that are `is_wide` are shown from this width on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--head",
        "table--cursor",
        "table--good",
        "table--bad",
        "table--busy",
        "table--faint",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    class Told(Message):
        """Something about the row under the cursor; the table knows which it is."""

        def __init__(self, table: "Table[Any]") -> None:
            self.table = table
            super().__init__()

        @property
        def control(self) -> "Table[Any]":
            """The table."""
            return self.table

    class Marked(Told):
        """The cursor came to another row, or its row changed, or there is none any more."""

    class Chosen(Told):
        """The row under the cursor was clicked; a screen does what Enter does."""

    def __init__(
        self,
        columns: Collection[Column[Row]],
        key_of: Callable[[Row], str],
        *,
        empty: str,
        id: str | None = None,  # noqa: A002 - as every widget has it
    ) -> None:
        """Make a table.

        Args:
            columns: From left to right.
            key_of: Returns what tells a row from all others.
            empty: What is said where there is no row.
            id: As every widget has it.
        """
        super().__init__(id=id)
        self._columns = columns
        self._key_of = key_of
        self._empty = empty
        self._rows: dict[str, Row] = {}
        self._order: list[str] = []
        self._shown: list[str] = []
        self._only: Callable[[Row], bool] | None = None
        self._cursor = 0
        self._is_placed = False
        self._told: tuple[str, Row] | None = None

    @property
    def rows(self) -> dict[str, Row]:
        """All rows by their keys."""
        return self._rows

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return len(self._shown)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._shown[self._cursor]] if self._shown else None

    def show(self, rows: Iterable[Row]) -> None:
        """Take these rows in place of all that were there."""
        self._rows = {self._key_of(row): row for row in rows}
        self._order = list(self._rows)
        self._arrange()

    def say(self, empty: str) -> None:
        """Change what is said where there is no row."""
        self._empty = empty
        self.refresh()

    def apply(self, changed: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Take rows as they are now, new ones on top, and drop those that are gone."""
        for row in changed:
            key = self._key_of(row)
            if key not in self._rows:
                self._order.insert(0, key)
            self._rows[key] = row
        lost = {key for key in gone if self._rows.pop(key, None) is not None}
        if lost:
            self._order = [key for key in self._order if key not in lost]
        self._arrange()

    def only(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only rows that are to be kept; None shows all."""
        self._only = keep
        self._arrange()

    def action_move(self, by: int) -> None:
        """Go some rows down."""
        self._is_placed = True
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Go some pages down."""
        self._is_placed = True
        self._go(self._cursor + by * max(1, self.size.height - 2))

    def action_first(self) -> None:
        """Go to the first row, and stay there when others come before it."""
        self._is_placed = False
        self._go(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self._is_placed = True
        self._go(len(self._shown) - 1)

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a click there means it."""
        at = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or at >= len(self._shown):
            return
        if at == self._cursor:
            self.post_message(self.Chosen(self))
        self._is_placed = True
        self._go(at)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._arrange()

    def render_line(self, y: int) -> Strip:
        """Draw the head or a row."""
        width = self.scrollable_content_region.width
        if y == 0:
            style = self.get_component_rich_style("table--head")
            cells = ((column.title, size, column.is_right) for column, size in self._sizes(width))
            return self._strip([(cell, style) for cell in map(_cell, cells)], width, style)
        at = y - 1 + self.scroll_offset.y
        if not self._shown:
            return self._draw_empty(y - 1, width)
        if at >= len(self._shown):
            return Strip.blank(width, self.rich_style)
        return self._draw(self._rows[self._shown[at]], width, is_marked=at == self._cursor)

    def _draw_empty(self, at: int, width: int) -> Strip:
        """Draw a line of what is said where there is no row."""
        lines = textwrap.wrap(self._empty, max(1, width))
        style = self.rich_style + self.get_component_rich_style("table--faint")
        told = lines[at] if at < len(lines) else ""
        return self._strip([(told, style)], width, self.rich_style)

    def _draw(self, row: Row, width: int, *, is_marked: bool) -> Strip:
        base = self.rich_style
        if is_marked:
            base += self.get_component_rich_style("table--cursor")
        cells: list[tuple[str, Style]] = []
        for column, size in self._sizes(width):
            style = base
            if column.tone is not None and not is_marked:
                tone = column.tone(row)
                style = base + self.get_component_rich_style(tone, partial=True) if tone else base
            cells.append((_cell((printable(column.text(row)), size, column.is_right)), style))
        return self._strip(cells, width, base)

    def _strip(self, cells: list[tuple[str, Style]], width: int, style: Style) -> Strip:
        segments: list[Segment] = []
        for cell, tone in cells:
            segments += [Segment(cell, tone), Segment(_GAP, style)]
        return Strip(segments).crop_extend(0, width, style)

    def _sizes(self, width: int) -> list[tuple[Column[Row], int]]:
        """Return the columns that there is room for, and how wide each is."""
        columns = [each for each in self._columns if width >= self.WIDE or not each.is_wide]
        taken = sum(each.width for each in columns) + len(_GAP) * (len(columns) - 1)
        sharing = sum(not each.width for each in columns) or 1
        share = max(8, (width - taken) // sharing)
        return [(each, each.width or share) for each in columns]

    def _arrange(self) -> None:
        """Choose the rows that are shown anew, the cursor staying on its row."""
        marked = self._told[0] if self._told else ""
        rows, only = self._rows, self._only
        self._shown = (
            self._order if only is None else [key for key in self._order if only(rows[key])]
        )
        if not self._is_placed:
            self._cursor = 0
        elif self._shown[self._cursor : self._cursor + 1] != [marked] and marked in self._shown:
            self._cursor = self._shown.index(marked)
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._shown) + 1)
        self._go(self._cursor)

    def _go(self, to: int) -> None:
        self._cursor = max(0, min(to, len(self._shown) - 1))
        height = max(1, self.size.height - 1)
        region = Region(0, self._cursor, 1, 1)
        top = self.scroll_offset.y
        if region.y < top:
            self.scroll_to(y=region.y, animate=False, immediate=True)
        elif region.y >= top + height:
            self.scroll_to(y=region.y - height + 1, animate=False, immediate=True)
        self.refresh()
        row = self.row
        told = None if row is None else (self._shown[self._cursor], row)
        if told != self._told:
            self._told = told
            self.post_message(self.Marked(self))


def _cell(cell: tuple[str, int, bool]) -> str:
    text, width, is_right = cell
    if not is_right:
        return padded(text, width)
    text = elided(text, width)
    return " " * (width - cell_len(text)) + text
