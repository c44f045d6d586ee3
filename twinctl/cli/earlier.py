"""Conversations that were had before: which one is meant, and how they read."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from twinctl.cli.output import Output
from twinctl.cli.shown import show_citations, show_text, wrapped
from twinctl.client.places import opens_at
from twinctl.errors import Misused, NotFound
from twinctl.tables import on_one_line, with_tables
from twinctl.wording import minute, moment, place

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.conversations import ConversationOut, MessageOut

LAST = "last"
"""Stands for the conversation that the owner spoke in last."""

_SHORT_ID = 18
_INDENT = 4
_MARKED = "\\`*_[]<>#"


def find_conversation(client: "TwinClient", twin: str, name: str) -> "ConversationOut":
    """Return the one conversation that is meant by an id, how an id begins, or `last`.

    Raises:
        Misused: Several are meant.
        NotFound: None is.
    """
    if not name:
        raise Misused("which conversation?", hint="twinctl conversations list")
    is_last = name == LAST
    wanted = {"channel": "chat"} if is_last else {"named": name}
    found = list(client.conversations(twin, **wanted))
    if not found:
        raise NotFound(f"there is no conversation {name}", hint="twinctl conversations list")
    if is_last:
        return max(found, key=lambda each: each.updated_at)
    if len(found) > 1:
        candidates = ", ".join(f"{each.id} ({each.title})" for each in found[:5])
        raise Misused(f"{name} means several conversations", hint=f"say which: {candidates}")
    return found[0]


def show_messages(output: Output, messages: "Sequence[MessageOut]") -> None:
    """Print turns: each question, its answer and what that rests on."""
    for message in messages:
        if message.role == "user":
            output.line(output.bold(wrapped(output, f"> {message.content}")))
            continue
        show_text(output, message.content)
        if message.answered is False:
            output.line(output.dim("(refused)"))
        show_citations(output, message.citations)
        if message is not messages[-1]:
            output.line()


def short_id(output: Output, conversation_id: str) -> str:
    """Return as much of an id as tells conversations apart for people, all of it for programs."""
    return conversation_id[:_SHORT_ID] if output.is_terminal else conversation_id


def show_found(output: Output, found: "ConversationOut", words: Sequence[str]) -> None:
    """Print where words were said: in which conversation, what it is about, and the words."""
    refused = f", {found.refused} refused" if found.refused else ""
    about = f"{minute(found.updated_at)}  {found.channel}{refused}"
    output.line(f"{short_id(output, found.id)}  {output.dim(about)}")
    for text in dict.fromkeys((" ".join(found.title.split()), found.excerpt)):
        if text:
            output.line(_marked(output, wrapped(output, text, indent=_INDENT), words))


def as_markdown(twin: str, messages: "Sequence[MessageOut]") -> str:
    """Return a conversation as Markdown: questions as headings, citations as numbered quotes."""
    begun = moment(messages[0].created_at) if messages else ""
    parts = [f"# Conversation with {_plain(twin)}", f"*{begun}*"]
    for message in messages:
        if message.role == "user":
            parts.append(f"## {_plain(' '.join(message.content.split()))}")
            continue
        parts.append(with_tables(message.content).strip("\n"))
        for citation in message.citations:
            where = place(citation.locator.model_dump())
            title = _plain(citation.title) + (f", {where}" if where else "")
            quote = on_one_line(citation.quote)
            link = opens_at(citation)
            shown = f"<{link}>" if "://" in link else f"`{link}`"
            parts.append(f"> **[{citation.n}]** {title}: “{quote}”\n> {shown}")
    return "\n\n".join(parts) + "\n"


def _marked(output: Output, text: str, words: Sequence[str]) -> str:
    """Return text in which the words stand out."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    return re.sub(pattern, lambda match: output.bold(match.group()), text, flags=re.IGNORECASE)


def _plain(text: str) -> str:
    """Return text whose characters mean nothing in Markdown."""
    return "".join(f"\\{char}" if char in _MARKED else char for char in text)
