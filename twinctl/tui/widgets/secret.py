"""The secret of a new key, which is shown this once."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from twinctl.tui.widgets.bars import Keys
from twinctl.wire.keys import KeyCreated

_ABOUT = {
    "secret": "Keep it on a server, and send it as: Authorization: Bearer sk_…",
    "publishable": "It goes into the pages of your site: twinctl widget snippet",
}


class SecretWindow(ModalScreen[None]):
    """Shows a secret until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("c", "copy", "Copy"),
        ("escape", "dismiss(None)", "Close"),
    ]

    def __init__(self, key: KeyCreated) -> None:
        super().__init__()
        self._key = key

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window"):
            yield Static("Copy the key now: it is not shown again", classes="window-title")
            yield Static(self._key.key, id="secret", markup=False)
            yield Static(_ABOUT[self._key.kind], classes="faint", markup=False)
        yield Keys()

    def action_copy(self) -> None:
        """Hand the key to the clipboard of the terminal, by its OSC 52 sequence."""
        self.app.copy_to_clipboard(self._key.key)
        self.notify("Sent to the clipboard of your terminal.")
