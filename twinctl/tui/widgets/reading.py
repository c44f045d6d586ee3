"""The text of a source over the whole screen, with a quote pointed out."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from twinctl.client.client import TwinClient
from twinctl.tui.desk import Desk
from twinctl.tui.widgets.bars import Keys
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.work import Asks
from twinctl.tui.wrapping import Span
from twinctl.wire.sources import SourceText


class ReadingWindow(ModalScreen[None], Asks):
    """Shows the text of a source around a place in it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,enter", "dismiss(None)", "Back")]

    def __init__(
        self,
        desk: Desk,
        source_id: str,
        *,
        title: str,
        about: str,
        find: Callable[[str], Span] = lambda _: (0, 0),
    ) -> None:
        """Make the window.

        Args:
            desk: Of the application.
            source_id: A source of the twin in force.
            title: Of the source.
            about: Where it is.
            find: Returns which part of the text is pointed out.
        """
        super().__init__()
        self.desk = desk
        self._source_id = source_id
        self._title_text = title
        self._about = about
        self._find = find

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window -whole"):
            yield Static(self._title_text, classes="window-title", markup=False)
            yield Static(self._about, classes="faint one-line", markup=False)
            yield Passage()
        yield Keys()

    def on_mount(self) -> None:
        """Ask for the text."""
        twin, source_id = self.desk.twin, self._source_id

        def question(client: TwinClient) -> SourceText:
            return client.source_text(twin, source_id)

        self.ask(question, self._show)

    def _show(self, source: SourceText) -> None:
        self.query_one(Passage).show(source.text, mark=self._find(source.text))
