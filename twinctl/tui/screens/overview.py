"""Overview: how the twin and the daemon are."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from twinctl.client.client import TwinClient
from twinctl.tui.screen import TwinScreen
from twinctl.wire.system import Status


class OverviewScreen(TwinScreen):
    """Twin, sources, chunks, jobs and models at a glance."""

    key: ClassVar[str] = "1"
    mode: ClassVar[str] = "overview"
    label: ClassVar[str] = "Overview"

    def compose_body(self) -> ComposeResult:
        """Make the fields."""
        yield Static(id="overview", markup=False)

    def load(self) -> None:
        """Ask how things are."""
        self.ask(TwinClient.status, self._show)

    def _show(self, status: Status) -> None:
        self.query_one("#overview", Static).update(status.model_dump_json(indent=1))
