"""A conversation as text to read."""

import re
from collections.abc import Iterator, Sequence

from twinctl.tables import on_one_line
from twinctl.tui.widgets.citations import titled
from twinctl.tui.wrapping import Span
from twinctl.wire.answers import CitationOut
from twinctl.wire.conversations import ConversationOut, MessageOut
from twinctl.wording import counted, minute

_QUOTE_CHARS = 160
_VOUCHED = "qna_"
"""So begin the ids of answers that the owner vouches for; they have no text but themselves."""


def transcript(conversation: ConversationOut, messages: Sequence[MessageOut]) -> str:
    """Return who asked when, then each question, its answer or refusal, and what that rests on."""
    return "\n\n".join([about(conversation), *(_turn(message) for message in messages)])


def about(conversation: ConversationOut) -> str:
    """Return what is known of a conversation before it is read."""
    facts = [
        minute(conversation.updated_at),
        conversation.channel,
        counted(conversation.messages, "message"),
    ]
    if conversation.refused:
        facts.append(f"{conversation.refused} refused")
    return f"{' · '.join(facts)}\n{conversation.id}"


def cited(messages: Sequence[MessageOut]) -> Iterator[tuple[str, CitationOut]]:
    """Yield every citation of a source and a line that tells it from the others."""
    for message in messages:
        for citation in message.citations:
            if not citation.source_id.startswith(_VOUCHED):
                yield f"[{citation.n}] {titled(citation)}: “{_quote(citation)}”", citation


def first_of(words: Sequence[str], text: str, start: int) -> Span:
    """Return where the first of some words stands in a text from `start` on, whatever its case."""
    pattern = "|".join(map(re.escape, words))
    found = re.compile(pattern, re.IGNORECASE).search(text, start) if words else None
    return found.span() if found else (0, 0)


def _turn(message: MessageOut) -> str:
    if message.role == "user":
        return f"> {message.content}"
    lines = ["✗ refused"] if message.answered is False else []
    lines.append(message.content)
    for citation in message.citations:
        lines.append(f"  [{citation.n}] {titled(citation)}")
        lines.append(f"      “{_quote(citation)}”")
    return "\n".join(lines)


def _quote(citation: CitationOut) -> str:
    quote = on_one_line(citation.quote)
    return quote if len(quote) <= _QUOTE_CHARS else quote[: _QUOTE_CHARS - 1] + "…"
