"""What the questions of an audience came to, how they came, and what answers rest on."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from twinctl.sections import Section, breakdowns, drawn, never_cited
from twinctl.wire.audience import AudienceOut

_ROWS = 5
_BAR_CELLS = 8
_PLACES = {"results": 2, "hosts": 1, "sources": 1}
"""Columns on a wide screen, by name, and how many lists stand in each."""


class Breakdown(Static):
    """A list with a bar for each count; takes no room while it has no rows."""

    _section: Section | None = None

    def show(self, section: Section) -> None:
        """Show another list."""
        self._section = section
        self.display = bool(section.rows)
        self._draw()

    def on_resize(self) -> None:
        """Cut the texts to the room there is."""
        self._draw()

    def _draw(self) -> None:
        section, width = self._section, self.size.width
        if section is None or not section.rows or not width:
            return
        heads, *rows = drawn(section, rows=_ROWS, width=width, bar_cells=_BAR_CELLS)
        lines = [
            Content(section.title).stylize("bold $text-primary"),
            Content(heads).stylize("$faint"),
            *map(Content, rows),
        ]
        more = len(section.rows) - _ROWS
        if more > 0:
            lines.append(Content(f"and {more} more").stylize("$faint"))
        self.update(Content("\n").join(lines))


class Breakdowns(Container, can_focus=True):
    """Lists side by side where there is room, else below one another; none without questions."""

    def compose(self) -> ComposeResult:
        """Make the lists, without rows."""
        for name, count in _PLACES.items():
            with Vertical(id=f"breakdowns-{name}"):
                for _ in range(count):
                    yield Breakdown()
                if name == "sources":
                    yield Static(id="never-cited", markup=False)

    def on_mount(self) -> None:
        """Show nothing as long as nothing is known."""
        self.display = False

    def show(self, audience: AudienceOut) -> None:
        """Show those of a report."""
        self.display = audience.questions > 0
        for widget, section in zip(self.query(Breakdown), breakdowns(audience), strict=True):
            widget.show(section)
        self.query_one("#breakdowns-hosts").display = bool(audience.hosts)
        uncited = self.query_one("#never-cited", Static)
        uncited.update(never_cited(audience))
        uncited.display = audience.sources.never_total > 0
