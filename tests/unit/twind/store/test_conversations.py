import pytest

from twind.domain.answers import Citation
from twind.domain.chunks import Locator
from twind.domain.conversations import Role
from twind.errors import NotFound
from twind.store.store import Tenant

CITATION = Citation(
    n=1,
    source_id="src_1",
    chunk_id="chk_1",
    uri="/a.md",
    title="A",
    quote="Bees dance.",
    locator=Locator(start_char=3, end_char=14, page=2, heading="Bees"),
)


def test_turns_come_back_as_they_were_said(tenant: Tenant, twin: str) -> None:
    conversation = tenant.conversations.start(twin, "Do bees dance?")

    asked = tenant.conversations.add(conversation.id, Role.USER, "Do bees dance?")
    told = tenant.conversations.add(
        conversation.id, Role.ASSISTANT, "Bees dance.", answered=True, citations=[CITATION]
    )

    assert list(tenant.conversations.messages(conversation.id)) == [asked, told]
    assert (asked.answered, told.citations) == (None, (CITATION,))
    now = tenant.conversations.get(conversation.id)
    assert (now.messages, now.title) == (2, "Do bees dance?")
    assert now.updated_at == told.created_at


def test_turns_come_in_pages(tenant: Tenant, twin: str) -> None:
    conversation = tenant.conversations.start(twin, "Count").id
    for number in range(3):
        tenant.conversations.add(conversation, Role.USER, str(number))

    first = tenant.conversations.messages(conversation, limit=2)
    rest = tenant.conversations.messages(conversation, limit=2, cursor=first.next_cursor)

    assert [message.content for message in [*first, *rest]] == ["0", "1", "2"]


def test_conversations_are_listed_from_new_to_old(tenant: Tenant, twin: str) -> None:
    made = [tenant.conversations.start(twin, str(number)) for number in range(3)]

    first = tenant.conversations.list(twin, limit=2)
    rest = tenant.conversations.list(twin, limit=2, cursor=first.next_cursor)

    assert [*first, *rest] == made[::-1]


def test_a_conversation_needs_a_twin_and_a_turn_a_conversation(tenant: Tenant) -> None:
    with pytest.raises(NotFound):
        tenant.conversations.start("twn_none", "Hello")
    with pytest.raises(NotFound):
        tenant.conversations.add("cnv_none", Role.USER, "Hello")
    with pytest.raises(NotFound):
        tenant.conversations.get("cnv_none")
