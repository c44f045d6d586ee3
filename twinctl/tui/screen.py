"""What every screen is made of: the bars, its own part, and when it asks the daemon."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from twinctl.tui.desk import Desk
from twinctl.tui.messages import Failed, News
from twinctl.tui.widgets.bars import Banner, Header, Keys, Place, Places
from twinctl.tui.widgets.table import Table
from twinctl.tui.work import Asks

_SOON_S = 1.0
"""News make a screen ask again at most this often."""


class TwinScreen(Screen[None], Asks):
    """A place to go by one key.

    A screen gives `compose_body`, `load` and, where it shows jobs or sources, `changed`. It
    asks by `self.ask(…)` and `self.act(…)`, about the twin `self.desk.twin`. Its actions are
    `BINDINGS` with a description: the keys below and the command palette show them.

    Attributes:
        key: Goes there from everywhere.
        mode: Its name among the screens.
        label: What people call it.
        ROW_ACTIONS: Actions on a row, by name, each with the id of its table; they are offered
            as long as that has any.
    """

    key: ClassVar[str]
    mode: ClassVar[str]
    label: ClassVar[str]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, desk: Desk, places: Sequence[Place]) -> None:
        super().__init__()
        self.desk = desk
        self._places = places
        self._edition = -1
        self._is_waiting = False

    def compose(self) -> ComposeResult:
        """Make the bars and what is between them."""
        yield Header()
        yield Places(self._places, self.mode)
        yield Banner()
        with Vertical(classes="body"):
            yield from self.compose_body()
        yield Keys()

    def compose_body(self) -> ComposeResult:
        """Make the screen's own part."""
        raise NotImplementedError

    def load(self) -> None:
        """Ask for all that is shown: when it is first shown, and when it may be out of date."""
        raise NotImplementedError

    def load_news(self) -> None:
        """Ask for what `load_soon` was called for: all, unless a screen knows better."""
        self.load()

    def changed(self, news: News) -> None:
        """Take in changes of jobs and sources; called also while another screen is shown."""

    def catch_up(self) -> None:
        """Load if what is shown may be out of date."""
        if self.is_current and self._edition != self.desk.edition:
            self._edition = self.desk.edition
            self.load()

    def load_soon(self) -> None:
        """Call `load_news` within a second, however often this is called.

        A screen that is not shown now loads when it is shown again.
        """
        if not self.is_current:
            self._edition = -1
        elif not self._is_waiting:
            self._is_waiting = True
            self.set_timer(_SOON_S, self._load_now)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done to a row where there is one."""
        table = self.ROW_ACTIONS.get(action)
        if table is not None and self.query_one(f"#{table}", Table).row is None:
            return False
        return super().check_action(action, parameters)

    @on(Table.Marked)
    def offer_row_actions(self) -> None:
        """Offer them, or no longer."""
        self.refresh_bindings()

    def on_failed(self, message: Failed) -> None:
        """Wait no more for what will not come."""
        if not message.is_action:
            for table in self.query(Table):
                table.say("")

    def on_screen_resume(self) -> None:
        """Catch up with what was missed."""
        self.catch_up()

    def _load_now(self) -> None:
        self._is_waiting = False
        self.load_news()
