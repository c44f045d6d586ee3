from dataclasses import replace

import pytest

from tests.support.store import a_live_source
from twind.domain.answers import Citation
from twind.domain.chunks import Locator
from twind.domain.conversations import Role
from twind.errors import NotFound
from twind.store.conversations import WITHDRAWN
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


def quoting(source_id: str, n: int = 1) -> Citation:
    return replace(CITATION, source_id=source_id, n=n)


def test_turns_come_back_as_they_were_said(tenant: Tenant, twin: str) -> None:
    conversation = tenant.conversations.start(twin, "Do bees dance?")

    citation = quoting(a_live_source(tenant, "Bees dance.").id)

    asked = tenant.conversations.add(conversation.id, Role.USER, "Do bees dance?")
    told = tenant.conversations.add(
        conversation.id, Role.ASSISTANT, "Bees dance.", answered=True, citations=[citation]
    )

    assert list(tenant.conversations.messages(conversation.id)) == [asked, told]
    assert (asked.answered, told.citations) == (None, (citation,))
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


def test_an_answer_is_withdrawn_with_a_source_that_it_quotes(tenant: Tenant, twin: str) -> None:
    gone, stays = (a_live_source(tenant, "Bees dance.", uri=uri).id for uri in ("/a.md", "/b.md"))
    conversation = tenant.conversations.start(twin, "Do bees dance?").id
    tenant.conversations.add(conversation, Role.USER, "Do bees dance?")
    for citations in ([quoting(gone), quoting(stays, 2)], [quoting(stays)]):
        tenant.conversations.add(
            conversation, Role.ASSISTANT, "They do.", answered=True, citations=citations
        )

    assert tenant.sources.delete(gone).answers == 1

    asked, both, other = tenant.conversations.messages(conversation)
    assert (asked.content, other.content) == ("Do bees dance?", "They do.")
    assert (both.content, both.answered) == (WITHDRAWN, True)
    assert both.citations == (quoting(stays, 2),)


def test_an_answer_is_withdrawn_when_its_source_was_deleted_meanwhile(
    tenant: Tenant, twin: str
) -> None:
    source = a_live_source(tenant, "Bees dance.")
    conversation = tenant.conversations.start(twin, "Do bees dance?").id
    tenant.sources.delete(source.id)

    told = tenant.conversations.add(
        conversation, Role.ASSISTANT, "They do.", answered=True, citations=[quoting(source.id)]
    )

    assert (told.content, told.citations) == (WITHDRAWN, ())
    assert list(tenant.conversations.messages(conversation)) == [told]
