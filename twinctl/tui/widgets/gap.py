"""Answering a gap: what was asked, a place to write in, and what came of it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from twinctl.client.requests import checked
from twinctl.errors import Misused
from twinctl.tui.desk import Desk
from twinctl.tui.widgets.bars import Keys
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.windows import FailureWindow, QuestionWindow
from twinctl.tui.work import Asks
from twinctl.wire.audience import GapAnswer, GapClosed, GapDetail, GapOut
from twinctl.wording import counted, refused_for


class AnswerWindow(ModalScreen[GapClosed | None], Asks):
    """Asks for the answer to a gap, keeps it, and has the refused questions asked again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+g", "give", "Give this answer"),
        ("escape", "leave", "Cancel"),
    ]

    def __init__(self, desk: Desk, gap: GapOut) -> None:
        super().__init__()
        self.desk = desk
        self._gap = gap

    def compose(self) -> ComposeResult:
        """Make the window."""
        gap = self._gap
        times, visitors = counted(gap.count, "time"), counted(gap.visitors, "visitor")
        about = f"Refused {times}, {visitors}: {refused_for(gap.reason)}. It was asked so:"
        with Vertical(classes="window -whole"):
            yield Static(gap.question, classes="window-title", markup=False)
            yield Static(about, classes="faint", markup=False)
            yield Passage(id="wordings")
            yield Static("Your answer, given word for word from now on:", classes="faint")
            yield TextArea(id="answer", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Begin to write; ask how it was asked."""
        self.query_one(TextArea).focus()
        twin, group_id = self.desk.twin, self._gap.id
        self.ask(lambda client: client.gap(twin, group_id), self._show_wordings)

    def action_give(self) -> None:
        """Keep the answer and ask again; nothing can be changed meanwhile."""
        area = self.query_one(TextArea)
        if area.disabled:
            return
        try:
            answer = checked(GapAnswer, question=self._gap.question, answer=area.text)
        except Misused as error:
            self.app.push_screen(FailureWindow(error))
            return
        area.disabled = True
        self.notify(f"Asking {counted(self._gap.count, 'question')} again …")
        twin, group_id = self.desk.twin, self._gap.id
        self.act(lambda client: client.close_gap(twin, group_id, answer), self._close)

    def action_leave(self) -> None:
        """Close the window; what was written is not thrown away unasked."""
        if not self.query_one(TextArea).text.strip():
            self.dismiss(None)
            return
        self.app.push_screen(QuestionWindow("Throw away what you wrote?"), self._leave)

    def on_failed(self) -> None:
        """Let the answer be changed, and given again; the application tells what failed."""
        for area in self.query(TextArea):
            area.disabled = False

    def _show_wordings(self, gap: GapDetail) -> None:
        wordings = dict.fromkeys(each.question for each in gap.questions)
        self.query_one("#wordings", Passage).show("\n".join(wordings))

    def _leave(self, is_meant: bool | None) -> None:  # noqa: FBT001 - as windows answer
        if is_meant:
            self.dismiss(None)

    def _close(self, closed: GapClosed) -> None:
        self.dismiss(closed)


class ClosedWindow(ModalScreen[None]):
    """How many of the refused questions an answer serves, and which it does not."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter", "dismiss(None)", "Close")]

    def __init__(self, closed: GapClosed) -> None:
        super().__init__()
        self._result = closed

    def compose(self) -> ComposeResult:
        """Make the window."""
        closed = self._result
        told = f"{closed.answered} of {closed.asked} now answered."
        with VerticalScroll(classes="window"):
            yield Static(told, classes="window-title", markup=False)
            if closed.still_refused:
                yield Static("Still refused:", classes="faint")
                lines = [f"  {question}" for question in closed.still_refused]
                yield Static("\n".join(lines), markup=False)
        yield Keys()
