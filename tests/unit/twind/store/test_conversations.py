from dataclasses import replace

import pytest

from tests.support.store import a_live_source
from twind.domain.answers import Citation
from twind.domain.audience import OWNER, Asker, Channel
from twind.domain.chunks import Locator
from twind.domain.conversations import Conversation, Role, Wanted
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


def talked(
    tenant: Tenant, twin: str, question: str, answer: str | None, asker: Asker = OWNER
) -> Conversation:
    """Return a conversation of one question, which None refuses."""
    conversation = tenant.conversations.start(twin, question, asker)
    tenant.conversations.add(conversation.id, Role.USER, question)
    tenant.conversations.add(
        conversation.id,
        Role.ASSISTANT,
        answer or "My sources do not say.",
        answered=answer is not None,
    )
    return tenant.conversations.get(conversation.id)


def found(tenant: Tenant, twin: str, wanted: Wanted) -> list[str]:
    """Return the titles of the conversations that are wanted."""
    return [each.title for each in tenant.conversations.list(twin, wanted=wanted)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ([], ["Wie war die Übung?", "Is 100% of it_all true?", "Do bees dance?"]),
        (["BEES"], ["Do bees dance?"]),
        (["bees", "waggle"], ["Do bees dance?"]),
        (["bees", "nothing"], []),
        (["übung"], ["Wie war die Übung?"]),
        (["ÜBUNG"], ["Wie war die Übung?"]),
        (["0%"], ["Is 100% of it_all true?"]),
        (["t_a"], ["Is 100% of it_all true?"]),
        (["%"], ["Is 100% of it_all true?"]),
        (["_ees"], []),
        (["\\"], []),
    ],
)
def test_conversations_are_found_by_words_of_either_side(
    tenant: Tenant, twin: str, words: list[str], titles: list[str]
) -> None:
    talked(tenant, twin, "Do bees dance?", "They waggle.")
    talked(tenant, twin, "Is 100% of it_all true?", "No.")
    talked(tenant, twin, "Wie war die Übung?", "Gut.")
    assert found(tenant, twin, Wanted(words=tuple(words))) == titles


def test_conversations_are_found_by_channel_refusal_and_id(tenant: Tenant, twin: str) -> None:
    widget = Asker(channel=Channel.WIDGET, session="s")
    first = talked(tenant, twin, "Open on Sunday?", None, widget)
    talked(tenant, twin, "Open on Monday?", "Yes.", widget)
    talked(tenant, twin, "Open at all?", None)

    assert (first.refused, first.messages) == (1, 2)
    assert found(tenant, twin, Wanted(channel=Channel.WIDGET)) == [
        "Open on Monday?",
        "Open on Sunday?",
    ]
    assert found(tenant, twin, Wanted(channel=Channel.WIDGET, is_refused=True)) == [
        "Open on Sunday?"
    ]
    assert found(tenant, twin, Wanted(named=first.id)) == ["Open on Sunday?"]
    assert len(found(tenant, twin, Wanted(named=first.id[:4]))) == 3
    assert found(tenant, twin, Wanted(named="%")) == []


def test_what_was_found_goes_over_pages(tenant: Tenant, twin: str) -> None:
    for number in range(5):
        talked(tenant, twin, f"Number {number}?", "Yes." if number % 2 else None)
    wanted = Wanted(is_refused=True)

    first = tenant.conversations.list(twin, wanted=wanted, limit=2)
    rest = tenant.conversations.list(twin, wanted=wanted, limit=2, cursor=first.next_cursor)

    assert [each.title for each in first] == ["Number 4?", "Number 2?"]
    assert [each.title for each in rest] == ["Number 0?"]
    assert rest.next_cursor is None


def test_the_first_turn_with_a_word_is_told(tenant: Tenant, twin: str) -> None:
    bees = talked(tenant, twin, "Do bees dance?", "Bees waggle, so they do.")
    other = talked(tenant, twin, "Is it true?", "Some bees say so.")
    ids = [bees.id, other.id]

    assert tenant.conversations.first_with(ids, ["bees"]) == {
        bees.id: "Do bees dance?",
        other.id: "Some bees say so.",
    }
    assert tenant.conversations.first_with(ids, ["waggle", "nothing"]) == {
        bees.id: "Bees waggle, so they do."
    }
    assert tenant.conversations.first_with([], ["bees"]) == {}


def test_all_turns_of_several_conversations_come_at_once(tenant: Tenant, twin: str) -> None:
    made = [talked(tenant, twin, f"Number {number}?", "Yes.") for number in range(2)]
    empty = tenant.conversations.start(twin, "Nothing")

    said = tenant.conversations.messages_of([*(each.id for each in made), empty.id])

    assert said == {each.id: tuple(tenant.conversations.messages(each.id)) for each in made}
