"""Conversations: what was asked of the twin, found by words, read with refusals and citations."""

from collections.abc import Mapping
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.widgets import Input, Static

from twinctl.client.client import TwinClient
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.conversation import TranscriptWindow, pick_citation, show_transcript
from twinctl.tui.widgets.filter import Filter
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.record import about
from twinctl.tui.widgets.table import Column, Table
from twinctl.wire.conversations import ConversationOut, MessageOut
from twinctl.wording import counted, minute

MOST = 500
"""So many of the newest are shown; a search finds all others."""

_STILL_S = 0.2
"""Typing, or the cursor on a row, must rest this long before the daemon is asked."""
_RENEW_S = 10.0
_CHANNELS = ("", "chat", "widget", "share", "api")


def _columns() -> tuple[Column[ConversationOut], ...]:
    return (
        Column(title="LAST SPOKEN IN", text=lambda row: minute(row.updated_at), width=16),
        Column(title="CHANNEL", text=lambda row: row.channel, width=7),
        Column(
            title="MESSAGES",
            text=lambda row: str(row.messages),
            width=8,
            is_right=True,
            is_wide=True,
        ),
        Column(
            title="REFUSED",
            text=lambda row: f"✗ {row.refused}" if row.refused else "",
            width=7,
            is_right=True,
            tone=lambda _: "table--bad",
        ),
        Column(title="TITLE", text=lambda row: row.title),
    )


class ConversationsScreen(TwinScreen):
    """The newest conversations, or those that hold some words."""

    key: ClassVar[str] = "6"
    mode: ClassVar[str] = "conversations"
    label: ClassVar[str] = "Conversations"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("slash", "search", "Search"),
        ("f", "next_channel", "By channel"),
        ("x", "refused", "Refused only"),
        ("enter", "read", "Read"),
        ("c", "citations", "Citations"),
    ]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("read", "citations"), "conversations"
    )

    def compose_body(self) -> ComposeResult:
        """Make the line to search with, the table and what is read."""
        self.table: Table[ConversationOut] = Table(
            _columns(), lambda row: row.id, empty="loading", id="conversations"
        )
        self._twin = ""
        self._channel = ""
        self._is_refused = False
        with Horizontal(classes="line"):
            yield Filter(placeholder="/ searches in questions and answers", compact=True)
            yield Static(id="conversations-count", classes="count", markup=False)
        with Container(classes="split"):
            yield self.table
            yield Passage(id="conversation")

    def on_mount(self) -> None:
        """Begin on the table, and look for new conversations from time to time."""
        self.table.focus()
        self.set_interval(_RENEW_S, self._renew)

    def load(self) -> None:
        """Ask for the newest conversations that are wanted."""
        twin, words = self.desk.twin, self._words
        if twin != self._twin:
            self._twin = twin
            self.table.show(())
            self.table.say("loading")
        wanted = {
            "q": " ".join(words) or None,
            "channel": self._channel or None,
            "refused": self._is_refused or None,
        }

        def newest(client: TwinClient) -> list[ConversationOut]:
            return list(islice(client.conversations(twin, **wanted), MOST))

        self.ask(newest, self._show)

    def action_search(self) -> None:
        """Type words to look for."""
        self.query_one(Filter).focus()

    def action_next_channel(self) -> None:
        """Show only those of the next channel, and after the last one all."""
        self._channel = _CHANNELS[(_CHANNELS.index(self._channel) + 1) % len(_CHANNELS)]
        self.load()

    def action_refused(self) -> None:
        """Show only those with a refusal, or all again."""
        self._is_refused = not self._is_refused
        self.load()

    @on(Table.Chosen)
    def action_read(self) -> None:
        """Read the conversation under the cursor over the whole screen."""
        row = self.table.row
        if row is not None:
            self.app.push_screen(TranscriptWindow(self.desk, row, self._words))

    def action_citations(self) -> None:
        """Pick a citation of the conversation under the cursor, to read it where it stands."""
        row = self.table.row
        if row is not None:
            self.ask(
                lambda client: list(client.messages(row.id)),
                lambda messages: pick_citation(self, self.desk, messages),
                group="citations",
            )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once the words are typed."""
        event.stop()
        typed = event.value
        self.set_timer(_STILL_S, lambda: self._search(typed))

    def on_filter_left(self) -> None:
        """Go back to the table."""
        self.table.focus()

    @on(Table.Marked)
    def show_conversation(self) -> None:
        """Tell of the conversation under the cursor, and all of it once the cursor stays there."""
        row = self.table.row
        self.query_one("#conversation", Passage).show(about(row) if row else "")
        if row is not None:
            self.set_timer(_STILL_S, lambda: self._ask_messages(row))

    @property
    def _words(self) -> list[str]:
        return self.query_one(Filter).value.split()

    def _search(self, typed: str) -> None:
        if typed == self.query_one(Filter).value:
            self.load()

    def _renew(self) -> None:
        if self.is_current:
            self.load()

    def _ask_messages(self, row: ConversationOut) -> None:
        if self.table.row != row:
            return

        def show(messages: list[MessageOut]) -> None:
            if self.table.row == row:
                passage = self.query_one("#conversation", Passage)
                show_transcript(passage, row, messages, self._words)

        self.ask(lambda client: list(client.messages(row.id)), show, group="messages")

    def _show(self, conversations: list[ConversationOut]) -> None:
        is_narrowed = bool(self._words or self._channel or self._is_refused)
        self.table.say("nothing was found" if is_narrowed else "nobody has asked anything yet")
        self.table.show(conversations)
        count = len(conversations)
        told = [f"the newest {MOST}" if count == MOST else counted(count, "conversation")]
        told += [self._channel] if self._channel else []
        told += ["refused"] if self._is_refused else []
        self.query_one("#conversations-count", Static).update(", ".join(told))
