"""Conversations and their messages."""

from datetime import datetime

from pydantic import BaseModel

from twinctl.wire.answers import CitationOut


class ConversationOut(BaseModel):
    """A conversation; its title is the first question, its channel the way that they came.

    `refused` is how many questions got no answer; `excerpt` what was looked for, in its context.
    """

    id: str
    twin_id: str
    channel: str
    title: str
    messages: int
    refused: int
    created_at: datetime
    updated_at: datetime
    excerpt: str | None = None


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


class Transcript(BaseModel):
    """A conversation with everything that was said."""

    conversation: ConversationOut
    messages: list[MessageOut]


class TranscriptPage(BaseModel):
    """A page of whole conversations, newest first; `next_cursor` is null on the last one."""

    transcripts: list[Transcript]
    next_cursor: str | None = None
