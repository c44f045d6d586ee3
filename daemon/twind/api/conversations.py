"""Routes of conversations."""

from fastapi import APIRouter

from twinctl.wire.conversations import (
    ConversationOut,
    ConversationPage,
    MessageOut,
    MessagePage,
)
from twind.api.context import ScopeDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.conversations import Conversation, Message
from twind.serving.locators import citation_out
from twind.serving.times import moment

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.get("/{twin_id}")
def list_conversations(
    scope: ScopeDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> ConversationPage:
    """List the conversations with a twin, newest first."""
    page = scope.tenant.conversations.list(scope.twin.id, limit=limit, cursor=cursor)
    conversations = [conversation_out(conversation) for conversation in page]
    return ConversationPage(conversations=conversations, next_cursor=page.next_cursor)


@router.get("/{conversation_id}/messages")
def list_messages(
    tenant: TenantDep, conversation_id: str, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> MessagePage:
    """Return the messages of a conversation, oldest first."""
    tenant.conversations.get(conversation_id)
    page = tenant.conversations.messages(conversation_id, limit=limit, cursor=cursor)
    messages = [message_out(message) for message in page]
    return MessagePage(messages=messages, next_cursor=page.next_cursor)


def conversation_out(conversation: Conversation) -> ConversationOut:
    """Return a conversation as it travels."""
    return ConversationOut(
        id=conversation.id,
        twin_id=conversation.twin_id,
        title=conversation.title,
        messages=conversation.messages,
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
