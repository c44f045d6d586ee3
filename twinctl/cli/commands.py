"""What can be typed in a chat besides questions."""

from difflib import get_close_matches
from pathlib import Path

from twinctl.cli.conversation import Conversation
from twinctl.cli.earlier import as_markdown
from twinctl.cli.opening import open_citation
from twinctl.cli.output import Output
from twinctl.cli.shown import show_citations
from twinctl.client.client import TwinClient
from twinctl.errors import Misused, TwinctlError

HELP = """\
/sources       what the last answer rests on; before any, what this twin knows
/open N        open citation N at its place
/retry         ask the last question again
/new           begin another conversation
/save FILE.md  write this conversation as Markdown
/help          this list
/quit          leave (or Ctrl-D)
Ctrl-C stops an answer; what was stopped is not kept."""

_PRINTING = frozenset({"/sources", "/open"})
_LEAVING = frozenset({"/quit", "/exit", "/q"})


class Commands:
    """Obeys the lines of a chat that begin with a slash."""

    def __init__(
        self, client: TwinClient, twin: str, output: Output, conversation: Conversation
    ) -> None:
        self._client = client
        self._twin = twin
        self._output = output
        self._conversation = conversation
        self._known = {
            "/sources": self._sources,
            "/open": self._open,
            "/retry": self._retry,
            "/new": self._new,
            "/save": self._save,
            "/help": self._help,
        }

    def obey(self, line: str) -> bool:
        """Do what a line says; return whether to go on. What fails is told."""
        name, _, argument = line.partition(" ")
        if name in _LEAVING:
            return False
        action = self._known.get(name)
        if action is None:
            near = get_close_matches(name, [*self._known, "/quit"], n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            self._output.error(f"there is no {name}.{meant}", "/help lists what there is")
            return True
        if self._output.as_json and name in _PRINTING:
            self._output.notice(f"{name} does nothing with --json, which prints one document.")
            return True
        try:
            action(argument.strip())
        except TwinctlError as error:
            self._output.error(error.message, error.hint)
        return True

    def _sources(self, _: str) -> None:
        if self._conversation.citations:
            show_citations(self._output, self._conversation.citations)
            self._output.line()
        elif self._conversation.question is not None:
            self._output.notice("The last answer rests on nothing that could be cited.")
        else:
            known = self._client.sources(self._twin)
            rows = [(each.status, each.title, each.uri) for each in known]
            self._output.table(["STATUS", "TITLE", "WHERE"], rows)

    def _open(self, number: str) -> None:
        cited = {str(citation.n): citation for citation in self._conversation.citations}
        if not number and len(cited) == 1:
            (number,) = cited
        wanted = cited.get(number.strip("[]"))
        if wanted is None:
            raise Misused(
                f"the last answer has no citation {number}" if number else "which citation?",
                hint=f"/open {' or '.join(cited)}" if cited else "ask something first",
            )
        source = wanted.source_id
        open_citation(
            self._output, wanted, lambda: self._client.source_text(self._twin, source).text
        )

    def _retry(self, _: str) -> None:
        if self._conversation.question is None:
            raise Misused("nothing was asked yet")
        self._conversation.ask(self._conversation.question)

    def _new(self, _: str) -> None:
        self._conversation.leave()
        self._output.notice("A new conversation.")

    def _save(self, name: str) -> None:
        if not name:
            raise Misused("which file?", hint="/save talk.md")
        if self._conversation.id is None:
            raise Misused("there is nothing to save yet")
        path = Path(name).expanduser()
        if path.exists() and not self._output.can_ask:
            raise Misused(f"{path} is there already", hint="save it under another name")
        if path.exists() and not self._output.confirm(f"Overwrite {path}?", yes=False):
            return
        messages = list(self._client.messages(self._conversation.id))
        text = as_markdown(self._client.twin(self._twin).name, messages)
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise Misused(f"{path} cannot be written: {error.strerror}") from error
        self._output.notice(f"Saved to {path}.")

    def _help(self, _: str) -> None:
        self._output.notice(HELP)
