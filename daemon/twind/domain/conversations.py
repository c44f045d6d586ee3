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

    `messages` is their number; `session` says whose it is, and is empty for the owner's.
    """

    id: str
    twin_id: str
    channel: Channel
    session: str
    title: str
    messages: int
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A turn. `answered` is None for the user's, False for a refusal."""

    id: str
    role: Role
    content: str
    answered: bool | None
    citations: tuple[Citation, ...]
    created_at: float
