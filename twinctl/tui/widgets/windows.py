"""Windows over a screen: a failure, a question, a line to type, one of many to pick."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from twinctl.errors import TwinctlError
from twinctl.tui.widgets.bars import Keys


class FailureWindow(ModalScreen[None]):
    """What failed, with the way out."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter", "dismiss(None)", "Close")]

    def __init__(self, error: TwinctlError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window -failure"):
            yield Static(self._error.message, classes="window-title", markup=False)
            if self._error.hint:
                yield Static(f"→ {self._error.hint}", markup=False)
        yield Keys()


class QuestionWindow(ModalScreen[bool]):
    """A question that is answered by yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "dismiss(True)", "Yes"),
        ("n,escape", "dismiss(False)", "No"),
    ]

    def __init__(self, question: str, about: str = "") -> None:
        super().__init__()
        self._question = question
        self._about = about

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window"):
            yield Static(self._question, classes="window-title", markup=False)
            if self._about:
                yield Static(self._about, markup=False)
        yield Keys()


class Line(Input):
    """A line to type into whose Enter is shown among the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "OK")]


class LineWindow(ModalScreen[str | None]):
    """Asks for one line; None where the user thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, title: str, *, about: str = "", value: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._value = value

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window"):
            yield Static(self._title, classes="window-title", markup=False)
            yield Line(self._value, select_on_focus=False, compact=True)
            if self._about:
                yield Static(self._about, markup=False)
        yield Keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        self.dismiss(event.value)


class PickWindow(ModalScreen[str | None]):
    """Asks for one of many; typing narrows them down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("escape", "dismiss(None)", "Cancel"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """Make the window.

        Args:
            title: What is to be picked.
            choices: What `dismiss` gets and what people read, of each.
        """
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window -tall"):
            yield Static(self._title, classes="window-title", markup=False)
            yield Line(placeholder="type to narrow down", compact=True)
            yield OptionList(compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Show all."""
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show those that match."""
        self._narrow(event.value)

    @on(Input.Submitted)
    def pick(self) -> None:
        """Take the one that is marked."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the one that was clicked."""
        self.dismiss(event.option_id)

    def action_move(self, by: int) -> None:
        """Mark the next one or the one before."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().split()
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(Content(label), id=value)
            for value, label in self._choices
            if all(word in label.casefold() for word in wanted)
        )
        options.highlighted = 0 if options.option_count else None
