"""A line to type into, which narrows down what is shown."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class Filter(Input):
    """Takes words; every one of them must be found. Escape forgets them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(True)", "Show all"),
        Binding("enter,down", "leave(False)", "To the rows"),
    ]

    class Left(Message):
        """The user has typed enough."""

    def action_leave(self, is_cleared: bool) -> None:  # noqa: FBT001 - as actions are called
        """Go back to what is narrowed down."""
        if is_cleared:
            self.value = ""
        self.post_message(self.Left())

    def finds(self) -> Callable[[str], bool]:
        """Return what tells whether every word that was typed is in a text."""
        words = self.value.casefold().split()

        def finds(text: str) -> bool:
            folded = text.casefold()
            return all(word in folded for word in words)

        return finds
