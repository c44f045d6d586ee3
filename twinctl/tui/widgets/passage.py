"""Text of any length, of which only the lines that are seen are drawn."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from twinctl.cells import printable
from twinctl.tui.wrapping import Span, wrap

LONGEST = 200_000
"""Characters that are shown, around what is marked; breaking them takes some milliseconds."""


class Passage(ScrollView, can_focus=True):
    """Shows a text, with a part of it marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"passage--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        super().__init__(id=id)
        self._text = ""
        self._mark: Span = (0, 0)
        self._lines: list[Span] = []
        self._is_at_end = False

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    @property
    def marked(self) -> str:
        """What is pointed out."""
        return self._text[slice(*self._mark)]

    def show(self, text: str, *, mark: Span = (0, 0), is_at_end: bool = False) -> None:
        """Show a text from its beginning, its end, or around a part.

        Args:
            text: The text; of a very long one what lies around the mark is shown.
            mark: The part to point out.
            is_at_end: Keep the last line in sight.
        """
        first = max(0, min(mark[0] - LONGEST // 2, len(text) - LONGEST))
        last = min(len(text), first + LONGEST)
        before = f"({first:,} characters before)\n" if first else ""
        after = f"\n({len(text) - last:,} characters more)" if last < len(text) else ""
        by = len(before) - first
        self._text = before + text[first:last] + after
        self._mark = (mark[0] + by, mark[1] + by)
        self._is_at_end = is_at_end
        self._break()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._break()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        strip = Strip(self._segments(*self._lines[at]))
        return strip.crop_extend(0, width, self.rich_style)

    def _segments(self, start: int, end: int) -> list[Segment]:
        first, last = (min(max(each, start), end) for each in self._mark)
        marked = self.get_component_rich_style("passage--mark")
        parts = [
            (start, first, self.rich_style),
            (first, last, marked),
            (last, end, self.rich_style),
        ]
        return [
            Segment(printable(self._text[begin:stop].replace("\t", " ")), style)
            for begin, stop, style in parts
            if begin < stop
        ]

    def _break(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        self._lines = wrap(self._text, width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh(layout=True)
        self.call_after_refresh(self.scroll_to, y=self._first_line(), animate=False)

    def _first_line(self) -> int:
        if self._is_at_end:
            return len(self._lines)
        start, end = self._mark
        if start == end:
            return 0
        at = next(n for n, line in enumerate(self._lines) if line[1] > start)
        return max(0, at - self.size.height // 3)
