"""Routes of conversations."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from twinctl.wire.conversations import (
    ConversationOut,
    ConversationPage,
    MessageOut,
    MessagePage,
    Transcript,
    TranscriptPage,
)
from twind.api.context import ScopeDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.audience import Channel
from twind.domain.conversations import Conversation, Message, Wanted
from twind.domain.excerpts import excerpt
from twind.domain.keys import Scope
from twind.serving.locators import citation_out
from twind.serving.scopes import GrantDep, needs
from twind.serving.times import moment
from twind.store.conversations import no_conversation

EXCERPT_CHARS = 160

router = APIRouter(
    prefix="/conversations",
    tags=["conversations"],
    dependencies=[needs(Scope.STATS_READ)],
)


def wanted_of(
    q: Annotated[
        str, Query(max_length=200, description="Words of which each was said, by either side")
    ] = "",
    channel: Annotated[Channel | None, Query(description="Only these")] = None,
    named: Annotated[str, Query(max_length=100, description="Ids that begin so")] = "",
    refused: Annotated[bool | None, Query(description="Only those with a refusal")] = None,
) -> Wanted:
    """Return which conversations the request wants."""
    words = tuple(dict.fromkeys(q.split()))
    return Wanted(words=words, channel=channel, named=named, is_refused=bool(refused))


WantedDep = Annotated[Wanted, Depends(wanted_of)]


@router.get("/{twin_id}")
def list_conversations(
    scope: ScopeDep, wanted: WantedDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> ConversationPage:
    """List the conversations with a twin, newest first; searched ones with an excerpt."""
    table = scope.tenant.conversations
    page = table.list(scope.twin.id, wanted=wanted, limit=limit, cursor=cursor)
    said = table.first_with([each.id for each in page], wanted.words) if wanted.words else {}
    conversations = [conversation_out(conversation) for conversation in page]
    for conversation in conversations:
        if text := said.get(conversation.id):
            conversation.excerpt = excerpt(text, wanted.words, EXCERPT_CHARS)
    return ConversationPage(conversations=conversations, next_cursor=page.next_cursor)


@router.get("/{twin_id}/transcripts")
def list_transcripts(
    scope: ScopeDep, wanted: WantedDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> TranscriptPage:
    """List conversations with everything that was said in them, newest first."""
    table = scope.tenant.conversations
    page = table.list(scope.twin.id, wanted=wanted, limit=limit, cursor=cursor)
    said = table.messages_of(each.id for each in page)
    transcripts = [
        Transcript(
            conversation=conversation_out(conversation),
            messages=[message_out(message) for message in said.get(conversation.id, ())],
        )
        for conversation in page
    ]
    return TranscriptPage(transcripts=transcripts, next_cursor=page.next_cursor)


@router.get("/{conversation_id}/messages")
def list_messages(
    tenant: TenantDep,
    grant: GrantDep,
    conversation_id: str,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> MessagePage:
    """Return the messages of a conversation, oldest first."""
    if not grant.reaches(tenant.conversations.get(conversation_id).twin_id):
        raise no_conversation(conversation_id)
    page = tenant.conversations.messages(conversation_id, limit=limit, cursor=cursor)
    messages = [message_out(message) for message in page]
    return MessagePage(messages=messages, next_cursor=page.next_cursor)


def conversation_out(conversation: Conversation) -> ConversationOut:
    """Return a conversation as it travels."""
    return ConversationOut(
        id=conversation.id,
        twin_id=conversation.twin_id,
        channel=conversation.channel,
        title=conversation.title,
        messages=conversation.messages,
        refused=conversation.refused,
        created_at=moment(conversation.created_at),
        updated_at=moment(conversation.updated_at),
    )


def message_out(message: Message) -> MessageOut:
    """Return a message as it travels."""
    return MessageOut(
        id=message.id,
        role=message.role,
        content=message.content,
        answered=message.answered,
        citations=[citation_out(citation) for citation in message.citations],
        created_at=moment(message.created_at),
    )
