"""Conversations and their messages."""

from datetime import datetime

from pydantic import BaseModel

from twinctl.wire.answers import CitationOut


class ConversationOut(BaseModel):
    """A conversation; its title is the first question."""

    id: str
    twin_id: str
    title: str
    messages: int
    created_at: datetime
    updated_at: datetime


class ConversationPage(BaseModel):
    """A page of conversations, newest first; `next_cursor` is null on the last one."""

    conversations: list[ConversationOut]
    next_cursor: str | None = None


class MessageOut(BaseModel):
    """A turn; role is `user` or `assistant`. `answered` is null for the user's."""

    id: str
    role: str
    content: str
    answered: bool | None
    citations: list[CitationOut]
    created_at: datetime


class MessagePage(BaseModel):
    """Messages of a conversation, oldest first."""

    messages: list[MessageOut]
    next_cursor: str | None = None
