"""One conversation: questions in, streamed answers out."""

from contextlib import closing

from twinctl.cli.earlier import find_conversation, show_messages
from twinctl.cli.output import Output, tame
from twinctl.cli.shown import answer_document, flow_on, show_citations, wrapped
from twinctl.client.client import TwinClient
from twinctl.client.requests import checked
from twinctl.errors import ApiError, TwinctlError
from twinctl.wire.answers import AnswerOut, ChatEvent, ChatIn, CitationOut
from twinctl.wording import counted

RECALLED = 4
"""How many of the last messages are shown where a conversation goes on."""


class Conversation:
    """Turns with one twin. With `--json` they are collected and printed as one document.

    Attributes:
        id: The conversation; None before the first question.
        question: What was asked last, if anything was.
        citations: What the last answer rests on.
    """

    def __init__(self, client: TwinClient, twin: str, output: Output) -> None:
        self._client = client
        self._twin = twin
        self._output = output
        self._answers: list[AnswerOut] = []
        self._flow = flow_on(output)
        self.id: str | None = None
        self.question: str | None = None
        self.citations: list[CitationOut] = []

    def begin(self, earlier: str | None) -> None:
        """Say where the conversation stands, and go on with an earlier one if there is one.

        Raises:
            ApiError: No such twin.
            NotFound: No such conversation.
            Misused: Several are meant.
        """
        twin = self._client.twin(self._twin)
        if self._output.is_conversing:
            known = counted(twin.sources, "source")
            told = f"{twin.name} ({known}). /help tells more, /quit leaves."
            self._output.notice(wrapped(self._output, told))
        if earlier is not None:
            self._recall(find_conversation(self._client, self._twin, earlier).id)
        elif self._output.is_conversing and twin.persona.greeting:
            self._part(twin.persona.greeting)
            self._output.line(self._flow.end() + "\n")

    def ask(self, line: str) -> None:
        """Answer a question; on a terminal a failure is told, and the conversation goes on."""
        try:
            self._answer(checked(ChatIn, message=line, conversation_id=self.id))
        except TwinctlError as error:
            if not self._output.is_conversing:
                raise
            self._output.passing("")
            self._output.error(error.message, error.hint)

    def leave(self) -> None:
        """Have the next question begin another conversation."""
        self.id = self.question = None
        self.citations = []

    def end(self) -> None:
        """Print the document, or how to go on."""
        if self._output.as_json:
            answers = [answer_document(answer, explain=False) for answer in self._answers]
            self._output.document({"conversation_id": self.id, "answers": answers})
        elif self.id and self._output.is_conversing:
            self._output.notice(f"hint: twinctl chat -c {self.id} goes on")

    def _recall(self, conversation_id: str) -> None:
        messages = list(self._client.messages(conversation_id))
        asked = [message.content for message in messages if message.role == "user"]
        self.id = conversation_id
        self.question = asked[-1] if asked else None
        self.citations = messages[-1].citations if messages else []
        if not self._output.is_conversing:
            return
        shown = messages[-RECALLED:]
        while shown and shown[0].role != "user":
            shown = shown[1:]
        if len(messages) > len(shown):
            self._output.notice(f"({counted(len(messages) - len(shown), 'earlier message')})")
        show_messages(self._output, shown)
        self._output.line()

    def _answer(self, question: ChatIn) -> None:
        self.question = question.message
        self.citations = []
        if self._output.as_json:
            answer = self._client.answer(self._twin, question)
            self.id, self.citations = answer.conversation_id, answer.citations
            self._answers.append(answer)
        else:
            self._stream(question)

    def _stream(self, question: ChatIn) -> None:
        """Print an answer as it comes; Ctrl-C hangs up, which stops the work."""
        self._flow = flow_on(self._output)
        try:
            with closing(self._client.chat(self._twin, question)) as events:
                for event in events:
                    self._show(event)
        except KeyboardInterrupt:
            self._output.passing("")
            self._output.line(self._flow.end())
            self._output.notice("(stopped; this answer is not kept)")
            return
        self._output.line(self._flow.end())
        show_citations(self._output, self.citations)
        if self.citations:
            self._output.line()

    def _part(self, text: str) -> None:
        self._output.part(self._flow.add(tame(text)))

    def _show(self, event: ChatEvent) -> None:
        data = event.data
        if event.event in {"delta", "refusal", "error"}:
            self._output.passing("")
        if event.event == "meta":
            self.id = data["conversation_id"]
        elif event.event == "status":
            self._show_stage(data["stage"], data.get("question"))
        elif event.event in {"delta", "refusal"}:
            self._part(data["text" if event.event == "delta" else "message"])
        elif event.event == "citation":
            self.citations.append(CitationOut.model_validate(data))
        elif event.event == "done" and data.get("notice"):
            self._output.notice(f"\nnote: {data['notice']}")
        elif event.event == "error":
            raise ApiError(data["message"], code=data["code"], status=500)

    def _show_stage(self, stage: str, question: str | None) -> None:
        if question:
            self._output.notice(wrapped(self._output, f"(asked as: {question})"))
        self._output.passing(f"({stage})")
