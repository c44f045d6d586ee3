"""Conversations that were had before: which one is meant, and how they read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from twinctl.cli.output import Output
from twinctl.cli.places import opens_at
from twinctl.cli.shown import show_citations, wrapped
from twinctl.cli.wording import moment, place
from twinctl.errors import Misused, NotFound

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.conversations import ConversationOut, MessageOut

LAST = "last"
"""Stands for the conversation that was spoken in last."""

_MARKED = "\\`*_[]<>#"


def find_conversation(client: "TwinClient", twin: str, name: str) -> "ConversationOut":
    """Return the one conversation that is meant by an id, how an id begins, or `last`.

    Raises:
        Misused: Several are meant.
        NotFound: None is.
    """
    known = list(client.conversations(twin))
    if name == LAST and known:
        return max(known, key=lambda each: each.updated_at)
    found = [each for each in known if each.id.startswith(name)]
    exact = [each for each in found if each.id == name]
    if len(exact or found) > 1:
        candidates = ", ".join(f"{each.id} ({each.title})" for each in found[:5])
        raise Misused(f"{name} means several conversations", hint=f"say which: {candidates}")
    if not found:
        raise NotFound(f"there is no conversation {name}", hint="twinctl conversations list")
    return (exact or found)[0]


def show_messages(output: Output, messages: "Sequence[MessageOut]") -> None:
    """Print turns: each question, its answer and what that rests on."""
    for message in messages:
        if message.role == "user":
            output.line(output.bold(wrapped(output, f"> {message.content}")))
            continue
        for paragraph in message.content.splitlines():
            output.line(wrapped(output, paragraph))
        show_citations(output, message.citations)
        if message is not messages[-1]:
            output.line()


def as_markdown(twin: str, messages: "Sequence[MessageOut]") -> str:
    """Return a conversation as Markdown: questions as headings, citations as numbered quotes."""
    begun = moment(messages[0].created_at) if messages else ""
    parts = [f"# Conversation with {_plain(twin)}", f"*{begun}*"]
    for message in messages:
        if message.role == "user":
            parts.append(f"## {_plain(' '.join(message.content.split()))}")
            continue
        parts.append(message.content)
        for citation in message.citations:
            where = place(citation.locator.model_dump())
            title = _plain(citation.title) + (f", {where}" if where else "")
            quote = " ".join(citation.quote.split())
            link = opens_at(citation)
            shown = f"<{link}>" if "://" in link else f"`{link}`"
            parts.append(f"> **[{citation.n}]** {title}: “{quote}”\n> {shown}")
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return text whose characters mean nothing in Markdown."""
    return "".join(f"\\{char}" if char in _MARKED else char for char in text)
