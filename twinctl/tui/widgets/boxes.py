"""Boxes to tick that can be read without colours: what is not chosen is empty."""

from textual.content import Content
from textual.widgets import Checkbox, RadioButton


class TickBox(Checkbox):
    """One of several that may be chosen."""

    def render(self) -> Content:
        """Draw the box and its label."""
        self.BUTTON_INNER = "x" if self.value else " "
        return super().render()


class DotBox(RadioButton):
    """One of several of which one is chosen."""

    def render(self) -> Content:
        """Draw the box and its label."""
        self.BUTTON_INNER = "●" if self.value else " "
        return super().render()
