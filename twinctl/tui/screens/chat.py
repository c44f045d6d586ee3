"""Chat: questions and streamed answers, with what they rest on."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input, OptionList

from twinctl.client.client import TwinClient
from twinctl.errors import TwinctlError
from twinctl.tui.exchange import Exchange
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.citations import Citations, in_context
from twinctl.tui.widgets.transcript import Answer, Transcript
from twinctl.tui.widgets.windows import PickWindow
from twinctl.wire.answers import ChatEvent, CitationOut
from twinctl.wire.conversations import ConversationOut, MessageOut
from twinctl.wire.twins import TwinOut
from twinctl.wording import counted, moment

RECALLED = 40
"""How many of the last messages are shown where a conversation goes on."""

_OWNER = "chat"
"""The channel of conversations that the owner had."""


class Question(Input):
    """The line to ask on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Ask")]

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines that are pasted; the line by itself would take the first alone."""
        event.text = " ".join(event.text.split())


class ChatScreen(TwinScreen):
    """One conversation with the twin in force."""

    key: ClassVar[str] = "4"
    mode: ClassVar[str] = "chat"
    label: ClassVar[str] = "Chat"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop"),
        Binding("escape", "leave_line", "Leave the line"),
        Binding("i", "write", "Write"),
        Binding("ctrl+n", "begin", "New"),
        Binding("ctrl+o", "pick", "Continue"),
        Binding("ctrl+r", "quotes", "Quotes"),
    ]

    def compose_body(self) -> ComposeResult:
        """Make the transcript, the quotes and the line to write on."""
        self._twin = ""
        self._conversation_id: str | None = None
        self._exchange: Exchange | None = None
        self._answer: Answer | None = None
        with Container(classes="talk"):
            yield Transcript()
            yield Citations()
        yield Question(placeholder="Ask something", id="question", compact=True)

    def on_mount(self) -> None:
        """Begin on the line."""
        self.query_one(Input).focus()

    def load(self) -> None:
        """Begin anew where another twin came into force."""
        if self._twin != self.desk.twin:
            self._twin = self.desk.twin
            self.action_begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done just now."""
        if action == "stop":
            return self._exchange is not None
        if action == "leave_line":
            return self._exchange is None and self.focused is self.query_one(Input)
        if action == "quotes":
            return self.query_one(Citations).display
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Begin another conversation."""
        self.action_stop()
        self._conversation_id = None
        self.query_one(Transcript).clear()
        self.query_one(Citations).show(())
        twin = self._twin
        self.ask(lambda client: client.twin(twin), self._greet, group="greeting")

    def action_stop(self) -> None:
        """Stop the answer that comes; what is there stays on the screen, but is not kept."""
        if self._exchange is not None:
            self._exchange.stop()

    def action_leave_line(self) -> None:
        """Go to the transcript, where the keys of the screens work."""
        self.query_one(Transcript).focus()

    def action_write(self) -> None:
        """Go to the line."""
        self.query_one(Input).focus()

    def action_quotes(self) -> None:
        """Go to what the answer rests on."""
        citations = self.query_one(Citations)
        citations.highlighted = citations.highlighted or 0
        citations.focus()

    def action_pick(self) -> None:
        """Ask which earlier conversation is to go on."""
        twin = self._twin
        self.act(lambda client: list(client.conversations(twin, channel=_OWNER)), self._pick)

    def go_on(self, conversation_id: str) -> None:
        """Show an earlier conversation, which the next question continues."""

        def messages(client: TwinClient) -> list[MessageOut]:
            return list(client.messages(conversation_id))

        self.action_stop()
        self.act(messages, lambda found: self._recall(conversation_id, found))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask what was typed, unless an answer is still coming."""
        question = event.value.strip()
        if not question or self._exchange is not None:
            return
        event.input.clear()
        self.query_one(Transcript).ask(question)
        self.query_one(Citations).show(())
        exchange = Exchange(self._twin, question, self._conversation_id)
        self._exchange, self._answer = exchange, None
        self.refresh_bindings()
        self.follow(
            exchange.events,
            lambda event: self._hear(exchange, event),
            then=lambda: self._end(exchange),
            group="chat",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a quote in its context."""
        citation = self.query_one(Citations).at(event.option_index)
        self.app.push_screen(in_context(self.desk, citation))

    def _hear(self, exchange: Exchange, event: ChatEvent | TwinctlError) -> None:
        if exchange is not self._exchange:
            return
        if isinstance(event, TwinctlError):
            hint = f"\n→ {event.hint}" if event.hint else ""
            self._tell_trouble(f"{event.message}{hint}")
            return
        hear = {
            "meta": self._hear_begin,
            "status": self._hear_status,
            "delta": lambda data: self._add(data["text"]),
            "citation": self._hear_citation,
            "refusal": lambda data: self.query_one(Transcript).refuse(data["message"]),
            "error": lambda data: self._tell_trouble(data["message"]),
            "done": self._hear_end,
        }
        hear[event.event](event.data)

    def _hear_begin(self, data: dict[str, Any]) -> None:
        self._conversation_id = data["conversation_id"]

    def _hear_status(self, data: dict[str, Any]) -> None:
        if data.get("question"):
            self.query_one(Transcript).remark(f"asked as: {data['question']}")

    def _hear_citation(self, data: dict[str, Any]) -> None:
        self.query_one(Citations).add(CitationOut.model_validate(data))
        self.refresh_bindings()

    def _hear_end(self, data: dict[str, Any]) -> None:
        if data.get("notice"):
            self.query_one(Transcript).remark(f"note: {data['notice']}")

    def _tell_trouble(self, text: str) -> None:
        self.query_one(Transcript).remark(f"! {text}", is_trouble=True)
        line = self.query_one(Input)
        if self._exchange is not None and not line.value:
            line.value = self._exchange.question

    def _add(self, text: str) -> None:
        if self._answer is None:
            self._answer = self.query_one(Transcript).answer()
        self._answer.add(text)

    def _end(self, exchange: Exchange) -> None:
        if exchange is not self._exchange:
            return
        if exchange.is_stopped:
            self.query_one(Transcript).remark("(stopped; this answer is not kept)")
        self._exchange = self._answer = None
        self.refresh_bindings()

    def _greet(self, twin: TwinOut) -> None:
        transcript = self.query_one(Transcript)
        transcript.remark(_knowledge(twin))
        if twin.persona.greeting:
            transcript.answer(twin.persona.greeting)

    def _pick(self, conversations: Sequence[ConversationOut]) -> None:
        choices = [(each.id, f"{moment(each.updated_at)}  {each.title}") for each in conversations]

        def go_on(conversation_id: str | None) -> None:
            if conversation_id is not None:
                self.go_on(conversation_id)

        self.app.push_screen(PickWindow("Continue which conversation?", choices), go_on)

    def _recall(self, conversation_id: str, messages: Sequence[MessageOut]) -> None:
        self._conversation_id = conversation_id
        transcript = self.query_one(Transcript)
        transcript.clear()
        shown = messages[-RECALLED:]
        if len(messages) > len(shown):
            earlier = counted(len(messages) - len(shown), "earlier message")
            transcript.remark(f"({earlier})")
        for message in shown:
            if message.role == "user":
                transcript.ask(message.content)
            elif message.answered:
                transcript.answer(message.content)
            else:
                transcript.refuse(message.content)
        self.query_one(Citations).show(messages[-1].citations if messages else ())
        self.query_one(Input).focus()
        self.refresh_bindings()


def _knowledge(twin: TwinOut) -> str:
    if not twin.sources:
        return f"{twin.name} has no sources yet: a adds some, on the screen of key 2."
    sources, passages = counted(twin.sources, "source"), counted(twin.chunks, "passage")
    return f"{twin.name} has {sources} with {passages}."
