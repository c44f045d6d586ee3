"""One conversation: questions in, streamed answers out."""

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from twinctl.cli.flow import Flow
from twinctl.cli.output import Output
from twinctl.cli.shown import show_citations
from twinctl.client.client import TwinClient
from twinctl.client.requests import checked
from twinctl.errors import ApiError, TwinctlError
from twinctl.wire.answers import AnswerOut, ChatEvent, ChatIn, CitationOut

HELP = """\
/new      begin another conversation
/sources  list what this twin knows
/quit     leave (or Ctrl-D)
Ctrl-C stops an answer."""


class Conversation:
    """Turns with one twin. With `--json` they are collected and printed as one document."""

    def __init__(
        self, client: TwinClient, twin: str, output: Output, conversation_id: str | None
    ) -> None:
        self._client = client
        self._twin = twin
        self._output = output
        self._id = conversation_id
        self._answers: list[AnswerOut] = []
        self._flow = _flow(output)

    def begin(self) -> None:
        """Say where the conversation stands.

        Raises:
            ApiError: No such twin or conversation.
        """
        twin = self._client.twin(self._twin)
        turns = len(list(self._client.messages(self._id))) if self._id else 0
        if self._output.is_conversing:
            more = f", {turns} messages so far" if turns else ""
            self._output.notice(f"{twin.name} ({twin.sources} sources{more}). /help, /quit")
            if twin.persona.greeting and not turns:
                self._part(twin.persona.greeting)
                self._output.line(self._flow.end() + "\n")

    def take(self, line: str) -> bool:
        """Answer a question or obey a command; return whether to go on."""
        if line.startswith("/"):
            return self._obey(line)
        question = checked(ChatIn, message=line, conversation_id=self._id)
        try:
            self._answer(question)
        except TwinctlError as error:
            if not self._output.is_conversing:
                raise
            self._output.error(error.message, error.hint)
        return True

    def _answer(self, question: ChatIn) -> None:
        if self._output.as_json:
            answer = self._client.answer(self._twin, question)
            self._id = answer.conversation_id
            self._answers.append(answer)
        else:
            self._stream(question)

    def end(self) -> None:
        """Print the document, or how to go on."""
        if self._output.as_json:
            answers = [answer.model_dump(mode="json") for answer in self._answers]
            self._output.document({"conversation_id": self._id, "answers": answers})
        elif self._id and self._output.is_conversing:
            self._output.notice(f"hint: twinctl chat -c {self._id} goes on")

    def _obey(self, line: str) -> bool:
        if line in {"/quit", "/exit"}:
            return False
        if line == "/new":
            self._id = None
            self._output.notice("A new conversation.")
        elif line == "/sources":
            rows = [(each.status, each.title, each.uri) for each in self._sources()]
            self._output.table(["STATUS", "TITLE", "WHERE"], rows)
        else:
            self._output.notice(HELP)
        return True

    def _sources(self) -> Iterator[Any]:
        return self._client.sources(self._twin)

    def _stream(self, question: ChatIn) -> None:
        """Print an answer as it comes; Ctrl-C hangs up, which stops the work."""
        citations: list[CitationOut] = []
        self._flow = _flow(self._output)
        try:
            with closing(self._client.chat(self._twin, question)) as events:
                for event in events:
                    self._show(event, citations)
        except KeyboardInterrupt:
            self._output.line()
            self._output.notice("(stopped)")
            return
        self._output.line(self._flow.end())
        show_citations(self._output, citations)
        if citations:
            self._output.line()

    def _part(self, text: str) -> None:
        self._output.part(self._flow.add(text))

    def _show(self, event: ChatEvent, citations: list[CitationOut]) -> None:
        data = event.data
        if event.event in {"delta", "refusal", "error"}:
            self._output.passing("")
        if event.event == "meta":
            self._id = data["conversation_id"]
        elif event.event == "status":
            self._output.passing(f"({data['stage']})")
        elif event.event == "delta":
            self._part(data["text"])
        elif event.event == "citation":
            citations.append(CitationOut.model_validate(data))
        elif event.event == "refusal":
            self._part(data["message"])
        elif event.event == "error":
            raise ApiError(data["message"], code=data["code"], status=500)


def _flow(output: Output) -> Flow:
    """Break lines for people only; what reads a pipe gets them as they are."""
    return Flow(output.width if output.is_terminal else sys.maxsize)
