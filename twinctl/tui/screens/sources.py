"""Sources: what the twin was given, with text and failure reason of the one under the cursor."""

from collections.abc import Mapping
from itertools import takewhile
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.widgets import Input, Static

from twinctl.client.client import TwinClient
from twinctl.tui.messages import Failed, News
from twinctl.tui.screen import TwinScreen
from twinctl.tui.source_rows import batches, facts, hand_over, source_columns
from twinctl.tui.widgets.filter import Filter
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.reading import ReadingWindow
from twinctl.tui.widgets.table import Table
from twinctl.tui.widgets.windows import LineWindow, QuestionWindow
from twinctl.wire.events import Gone
from twinctl.wire.sources import Deleted, SourceOut
from twinctl.wording import counted

_STILL_S = 0.15
"""The cursor must rest this long on a row before its text is asked for."""

_STATES = ("", "failed", "processing", "live")
_EMPTY = "nothing yet: a adds a file, a folder or a page of the web"


class SourcesScreen(TwinScreen):
    """All sources of the twin in force, newest first.

    Attributes:
        table: The sources.
    """

    key: ClassVar[str] = "2"
    mode: ClassVar[str] = "sources"
    label: ClassVar[str] = "Sources"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("slash", "filter", "Filter"),
        ("f", "next_state", "By status"),
        ("a", "add", "Add"),
        ("d,delete", "delete", "Delete"),
        ("r", "reindex", "Re-index"),
        ("enter", "read", "Read"),
    ]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("delete", "reindex", "read"), "sources"
    )

    def compose_body(self) -> ComposeResult:
        """Make the filter, the table and the detail."""
        self.table: Table[SourceOut] = Table(
            source_columns(), lambda source: source.id, empty="loading", id="sources"
        )
        self._twin = ""
        self._state = ""
        self._unfinished = ""
        self._is_loading = False
        self._incoming: list[SourceOut] = []
        self._late: list[News] = []
        with Horizontal(classes="line"):
            yield Filter(placeholder="/ filters by title and place", compact=True)
            yield Static(id="sources-count", classes="count", markup=False)
        with Container(classes="split"):
            yield self.table
            yield Passage(id="source")

    def on_mount(self) -> None:
        """Begin on the table."""
        self.table.focus()

    def load(self) -> None:
        """Ask for all sources; the first page is shown before the others are there."""
        twin = self.desk.twin
        if twin != self._twin:
            self._twin = twin
            self.table.show(())
            self.table.say("loading")
        self._incoming, self._late, self._is_loading = [], [], True
        is_first = not self.table.rows
        self.follow(
            lambda client: batches(client, twin),
            lambda batch: self._take(batch, is_shown=is_first),
            then=self._took_all,
        )

    @on(Failed)
    def stop_waiting(self) -> None:
        """Wait no more for the other pages."""
        self._is_loading = False

    def load_news(self) -> None:
        """Ask for sources that are newer than those that are known."""
        twin, known = self._twin, frozenset(self.table.rows)

        def newer(client: TwinClient) -> list[SourceOut]:
            return list(takewhile(lambda source: source.id not in known, client.sources(twin)))

        def show(sources: list[SourceOut]) -> None:
            self.table.apply(reversed(sources))
            self._count()

        if not self._is_loading:
            self.ask(newer, show, group="newer")

    def changed(self, news: News) -> None:
        """Take in what changed of known sources, and look for those that are new."""
        if self._is_loading:
            self._late.append(news)
        if not self._twin or not news.sources:
            return
        known = self.table.rows
        changed = [
            source
            for key, source in news.sources.items()
            if key in known and isinstance(source, SourceOut)
        ]
        gone = [key for key, source in news.sources.items() if isinstance(source, Gone)]
        self.table.apply(changed, gone)
        self._count()
        if len(changed) + len(gone) < len(news.sources):
            self.load_soon()

    def action_filter(self) -> None:
        """Type words to look for."""
        self.query_one(Filter).focus()

    def action_next_state(self) -> None:
        """Show only those of the next status, and after the last one all."""
        self._state = _STATES[(_STATES.index(self._state) + 1) % len(_STATES)]
        self._narrow()

    def action_add(self) -> None:
        """Ask what is to be added."""
        about = "A file, a folder, a web address or a video."
        window = LineWindow("Add sources", about=about, value=self._unfinished)
        self.app.push_screen(window, self._add)

    def action_delete(self) -> None:
        """Ask whether the source under the cursor is to be deleted."""
        source = self.table.row
        if source is None:
            return

        def delete(is_meant: bool | None) -> None:  # noqa: FBT001 - as windows answer
            if is_meant:
                twin = self._twin
                self.act(lambda client: client.delete_source(twin, source.id), self._deleted)

        about = "Its text goes, and answers that quote it. A file stays where it is."
        self.app.push_screen(QuestionWindow(f"Delete {source.title}?", about), delete)

    def action_reindex(self) -> None:
        """Read, split and embed the source under the cursor anew."""
        source, twin = self.table.row, self._twin
        if source is not None:
            self.act(
                lambda client: client.reindex_source(twin, source.id),
                lambda accepted: self.notify(f"{accepted.source.title}: queued", markup=False),
            )

    @on(Table.Chosen)
    def action_read(self) -> None:
        """Read the text of the source under the cursor."""
        source = self.table.row
        if source is None:
            return
        if source.status == "live":
            about = source.uri
            window = ReadingWindow(self.desk, source.id, title=source.title, about=about)
            self.app.push_screen(window)
        else:
            self.notify(f"Nothing to read: its status is {source.status}.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the sources down while words are typed."""
        event.stop()
        self._narrow()

    def on_filter_left(self) -> None:
        """Go back to the table."""
        self.table.focus()

    @on(Table.Marked)
    def show_detail(self) -> None:
        """Tell more of the source under the cursor, and of its text once it stays there."""
        source = self.table.row
        self.query_one("#source", Passage).show(facts(source) if source else "")
        if source is not None and source.status == "live":
            self.set_timer(_STILL_S, lambda: self._ask_text(source))

    def _ask_text(self, source: SourceOut) -> None:
        if self.table.row is not source:
            return
        twin = self._twin

        def show(text: str) -> None:
            if self.table.row is source:
                self.query_one("#source", Passage).show(f"{facts(source)}\n\n{text}")

        self.ask(lambda client: client.source_text(twin, source.id).text, show, group="text")

    def _take(self, batch: list[SourceOut], *, is_shown: bool) -> None:
        self._incoming += batch
        if is_shown:
            self.table.show(self._incoming)
            self._count()

    def _took_all(self) -> None:
        self._is_loading = False
        self.table.show(self._incoming)
        late, self._incoming, self._late = self._late, [], []
        for news in late:
            self.changed(news)
        self._count()

    def _add(self, typed: str | None) -> None:
        if typed and typed.strip():
            self._unfinished = typed
            self.act(lambda client: hand_over(client, self._twin, typed.strip()), self._added)

    def _added(self, told: str) -> None:
        self._unfinished = ""
        self.notify(told, markup=False)

    def _deleted(self, deleted: Deleted) -> None:
        withdrawn = f", {counted(deleted.answers, 'answer')} withdrawn" if deleted.answers else ""
        self.notify(f"Deleted ({counted(deleted.chunks, 'chunk')}{withdrawn}).")

    def _narrow(self) -> None:
        typed, state = self.query_one(Filter), self._state
        finds = typed.finds()
        if not typed.value.strip() and not state:
            self.table.only(None)
        else:
            self.table.only(
                lambda source: (
                    (not state or source.status == state)
                    and finds(f"{source.title}\n{source.uri}\n{source.id}")
                )
            )
        self._count()

    def _count(self) -> None:
        rows = self.table.rows
        failed = sum(source.status == "failed" for source in rows.values())
        told = counted(len(rows), "source")
        if self.table.shown != len(rows):
            told = f"{self.table.shown:,} {self._state or 'shown'} of {told}"
        elif failed:
            told = f"{told}, {failed:,} failed"
        self.query_one("#sources-count", Static).update(told)
        if not self._is_loading:
            self.table.say("nothing was found" if rows else _EMPTY)
