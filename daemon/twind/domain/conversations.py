"""Conversations: turns of question and answer."""

from dataclasses import dataclass
from enum import StrEnum

from twind.domain.answers import Citation
from twind.domain.audience import Channel


class Role(StrEnum):
    """Who speaks."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation with a twin. Times are UTC seconds.

    `messages` is their number, `refused` that of the refusals among them; `session` says whose it
    is, and is empty for the owner's.
    """

    id: str
    twin_id: str
    channel: Channel
    session: str
    title: str
    messages: int
    refused: int
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which conversations of a twin are meant: those that meet every condition.

    Attributes:
        words: Each of them stands in a question or an answer, whatever its case.
        channel: The way that the questions came; None for any.
        named: What the id begins with.
        is_refused: At least one question was refused.
    """

    words: tuple[str, ...] = ()
    channel: Channel | None = None
    named: str = ""
    is_refused: bool = False


ANY = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A turn. `answered` is None for the user's, False for a refusal."""

    id: str
    role: Role
    content: str
    answered: bool | None
    citations: tuple[Citation, ...]
    created_at: float
