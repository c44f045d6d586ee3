"""A conversation as it is read: over the whole screen, with citations that open in their place."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from twinctl.tui.desk import Desk
from twinctl.tui.widgets.bars import Keys
from twinctl.tui.widgets.citations import in_context
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.record import about, cited, first_of, transcript
from twinctl.tui.widgets.windows import PickWindow
from twinctl.tui.work import Asks
from twinctl.wire.conversations import ConversationOut, MessageOut


class TranscriptWindow(ModalScreen[None], Asks):
    """A conversation over the whole screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("c", "citations", "Citations"),
        ("escape,q,enter", "dismiss(None)", "Back"),
    ]

    def __init__(self, desk: Desk, conversation: ConversationOut, words: Sequence[str]) -> None:
        super().__init__()
        self.desk = desk
        self._conversation = conversation
        self._words = words
        self._messages: list[MessageOut] = []

    def compose(self) -> ComposeResult:
        """Make the window."""
        with Vertical(classes="window -whole"):
            yield Static(self._conversation.title, classes="window-title", markup=False)
            yield Passage()
        yield Keys()

    def on_mount(self) -> None:
        """Ask for what was said."""
        conversation_id = self._conversation.id
        self.ask(lambda client: list(client.messages(conversation_id)), self._show)

    def action_citations(self) -> None:
        """Pick a citation, to read it where it stands."""
        pick_citation(self, self.desk, self._messages)

    def _show(self, messages: list[MessageOut]) -> None:
        self._messages = messages
        show_transcript(self.query_one(Passage), self._conversation, messages, self._words)


def show_transcript(
    passage: Passage,
    conversation: ConversationOut,
    messages: Sequence[MessageOut],
    words: Sequence[str],
) -> None:
    """Show a conversation, around the first of the words that were looked for."""
    text = transcript(conversation, messages)
    passage.show(text, mark=first_of(words, text, len(about(conversation))))


def pick_citation(screen: Screen[None], desk: Desk, messages: Sequence[MessageOut]) -> None:
    """Let the user pick a citation and read it where it stands."""
    choices = dict(cited(messages))
    if not choices:
        screen.notify("No answer here cites a source.")
        return

    def read(label: str | None) -> None:
        if label is not None:
            screen.app.push_screen(in_context(desk, choices[label]))

    if len(choices) == 1:
        read(next(iter(choices)))
    else:
        window = PickWindow("Which citation?", [(label, label) for label in choices])
        screen.app.push_screen(window, read)
