"""Verified answers and the vectors of their questions."""

import pytest

from tests.support.store import SPEC, vector
from twind.domain.conversations import Role
from twind.domain.generations import ModelSpec
from twind.domain.verified import VERIFIED, as_answer
from twind.errors import Conflict, NotFound
from twind.store.conversations import WITHDRAWN
from twind.store.store import Tenant

OTHER = ModelSpec(model_id="letters", revision="2", dimension=4)


def test_an_answer_is_kept_changed_and_removed(tenant: Tenant, twin: str) -> None:
    made = tenant.verified.add(twin, "Where do bees live?", "In hives.")
    assert tenant.verified.get(made.id) == made
    assert tenant.verified.list(twin).items == tenant.verified.all(twin) == (made,)
    changed = tenant.verified.change(made.id, answer="In trees.")
    assert (changed.question, changed.answer) == ("Where do bees live?", "In trees.")
    tenant.verified.delete(made.id)
    with pytest.raises(NotFound):
        tenant.verified.get(made.id)


def test_a_question_has_one_answer(tenant: Tenant, twin: str) -> None:
    first = tenant.verified.add(twin, "Where do bees live?", "In hives.")
    second = tenant.verified.add(twin, "Do bees dance?", "Yes.")
    with pytest.raises(Conflict, match=first.id):
        tenant.verified.add(twin, "where do BEES live", "In trees.")
    with pytest.raises(Conflict):
        tenant.verified.change(second.id, question="Where do bees live")
    assert tenant.verified.change(first.id, question="Where do bees live?!").id == first.id


def test_the_nearest_question_comes_first(tenant: Tenant, twin: str) -> None:
    ants, bees = (tenant.verified.add(twin, name, "x") for name in ("aaa", "eee"))
    assert tenant.verified.unembedded(twin, SPEC) == (ants, bees)
    tenant.verified.put_vectors(SPEC, [(each, vector(each.question)) for each in (ants, bees)])
    assert tenant.verified.unembedded(twin, SPEC) == ()
    (nearest, cosine), (_, less) = tenant.verified.nearest(twin, SPEC, vector("eee"), 5)
    assert nearest == bees
    assert cosine == pytest.approx(1.0)
    assert less < cosine


def test_another_model_has_vectors_of_its_own(tenant: Tenant, twin: str) -> None:
    made = tenant.verified.add(twin, "aaa", "x")
    tenant.verified.put_vectors(SPEC, [(made, vector("aaa"))])
    assert tenant.verified.unembedded(twin, OTHER) == (made,)
    assert tenant.verified.nearest(twin, OTHER, vector("aaa"), 5) == ()


def test_the_vector_of_a_question_goes_when_the_question_changes(
    tenant: Tenant, twin: str
) -> None:
    made = tenant.verified.add(twin, "aaa", "x")
    tenant.verified.put_vectors(SPEC, [(made, vector("aaa"))])
    answered = tenant.verified.change(made.id, answer="y")
    assert tenant.verified.unembedded(twin, SPEC) == ()
    asked = tenant.verified.change(made.id, question="eee")
    assert tenant.verified.unembedded(twin, SPEC) == (asked,)
    assert tenant.verified.put_vectors(SPEC, [(answered, vector("aaa"))]) == 0


def test_what_was_answered_with_it_is_withdrawn_with_it(tenant: Tenant, twin: str) -> None:
    made = tenant.verified.add(twin, "Where do bees live?", "In hives.")
    answer = as_answer(made)
    conversation = tenant.conversations.start(twin, "Bees")
    kept = tenant.conversations.add(
        conversation.id, Role.ASSISTANT, answer.text, answered=True, citations=answer.citations
    )
    assert kept.content == "In hives."
    assert tenant.verified.delete(made.id) == 1
    assert [each.content for each in tenant.conversations.messages(conversation.id)] == [WITHDRAWN]


def test_an_answer_cites_itself_word_for_word(tenant: Tenant, twin: str) -> None:
    made = tenant.verified.add(twin, "Where?", "Here [1].\n\nAnd *there*.")
    answer = as_answer(made)
    (citation,) = answer.citations
    assert answer.text == citation.quote == made.answer
    assert (citation.source_id, citation.uri) == (made.id, f"qa:{made.id}")
    assert (answer.confidence, answer.claims[0].support, VERIFIED) == (1.0, 1.0, "verified")


def test_answers_go_with_their_twin(tenant: Tenant) -> None:
    twin = tenant.twins.create("ada", "Ada").id
    made = tenant.verified.add(twin, "Where?", "Here.")
    tenant.twins.delete(twin)
    with pytest.raises(NotFound):
        tenant.verified.get(made.id)
