"""Who asks and over which way, and what became of each question."""

from dataclasses import dataclass
from enum import StrEnum

from twind.domain.answers import RefusalReason


class Channel(StrEnum):
    """The way that a question came."""

    CHAT = "chat"
    """The owner: the terminal, or whoever else opens the socket."""
    WIDGET = "widget"
    SHARE = "share"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks a question.

    Attributes:
        channel: The way the question came.
        session: What the conversations of this asker belong to, such as a session of the widget;
            empty for the owner, who may go on with any.
        visitor: Pseudonym of the person, good for a day; empty for the owner, and where the
            person wants no trace.
        origin_host: Host of the page that the question was asked on; empty where there is none.
        is_counted: False for a bot, whose questions are not part of the audience.
    """

    channel: Channel
    session: str = ""
    visitor: str = ""
    origin_host: str = ""
    is_counted: bool = True


OWNER = Asker(channel=Channel.CHAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was answered or refused: one event of the audience.

    Attributes:
        twin_id: The twin that was asked.
        conversation_id: The conversation.
        message_id: The answer in it.
        asker: Who asked.
        question: As it was understood: a follow-up is completed.
        vector: Of the question, float32 little-endian; None without an embedding model.
        model: Name of the space that the vector lies in; None without an embedding model.
        answered: False for a refusal.
        refusal_reason: Set when `answered` is false.
        confidence: 0 to 1.
        sources: Ids of the sources that the answer cites, each once.
        took_ms: From the question to the whole answer.
        is_courtesy: It was only a greeting or thanks, and was answered by no source: whoever
            said it was there, but nothing was asked.
    """

    twin_id: str
    conversation_id: str
    message_id: str
    asker: Asker
    question: str
    vector: bytes | None
    model: str | None
    answered: bool
    refusal_reason: RefusalReason | None
    confidence: float
    sources: tuple[str, ...]
    took_ms: float
    is_courtesy: bool = False
