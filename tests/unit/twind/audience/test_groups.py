"""Questions that mean the same come together."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.audience import Following, Letters, asked, by, following
from tests.support.store import default_twin, vector
from twind.errors import ModelUnavailable
from twind.store.store import Store, Tenant


def groups(life: Following) -> dict[str, int]:
    """Return how many questions each group holds, by the question it goes by."""
    tenant = life.tenant
    counts = tenant.figures.groups(default_twin(tenant), 0, 99_999)
    found = tenant.audience.groups([count.group_key for count in counts])
    return {found[count.group_key].question: count.questions for count in counts}


def ask(life: Following, *questions: str, model: str | None = None) -> None:
    """Have questions asked and grouped; with a model they come with its vectors."""
    for question in questions:
        made = vector(question) if model else None
        life.ask(asked(life.tenant, question, model=model, vector=made))
    life.catch_up()


@dataclass
class Broken(Letters):
    """A model whose process dies."""

    def embed(self, questions: Sequence[str]) -> list[bytes]:
        raise ModelUnavailable(f"it died of {questions}")


def test_without_a_model_the_same_words_are_the_same_question(
    store: Store, tenant: Tenant
) -> None:
    life = following(store, tenant)
    ask(life, "Where is Oslo?", "where is OSLO", "Oslo: where?")

    assert groups(life) == {"Where is Oslo?": 2, "Oslo: where?": 1}


def test_with_a_model_the_same_meaning_is(store: Store, tenant: Tenant) -> None:
    letters = Letters()
    life = following(store, tenant, lambda: letters)
    ask(life, "on", "no", "NO!", "yes", model=letters.model)

    assert groups(life) == {"on": 3, "yes": 1}
    assert letters.embedded == []


def test_a_question_without_a_vector_is_given_one(store: Store, tenant: Tenant) -> None:
    letters = Letters()
    life = following(store, tenant, lambda: letters)
    ask(life, "on", "no")

    assert groups(life) == {"on": 2}
    assert letters.embedded == ["on", "no"]


def test_another_model_goes_on_with_the_groups_of_the_first(store: Store, tenant: Tenant) -> None:
    models = [Letters(model="first")]
    life = following(store, tenant, lambda: models[-1])
    ask(life, *(f"{'ab' * n}" for n in range(1, 21)), model="first")
    models.append(Letters(model="second"))
    ask(life, "ba", model="second")
    ask(life, "bbaa", model="first")

    found = groups(life)
    assert len(found) == 20
    assert (found["ab"], found["abab"]) == (2, 2)
    assert life.tenant.audience.unembedded(default_twin(tenant), "second", 99) == ()


def test_a_model_that_comes_later_is_used_from_then_on(store: Store, tenant: Tenant) -> None:
    models: list[Letters | None] = [None]
    life = following(store, tenant, lambda: models[-1])
    ask(life, "on")
    models.append(Letters())
    ask(life, "no")

    assert groups(life) == {"on": 2}


def test_a_model_that_dies_leaves_questions_to_their_words(store: Store, tenant: Tenant) -> None:
    life = following(store, tenant, Broken)
    ask(life, "on", "no", "On?")

    assert groups(life) == {"on": 2, "no": 1}


def test_vectors_of_questions_are_not_kept(store: Store, tenant: Tenant) -> None:
    letters = Letters()
    life = following(store, tenant, lambda: letters)
    ask(life, "on", "no", model=letters.model)

    rows = tenant.database.rows("SELECT 1 FROM audience_ungrouped")
    assert rows == []


def test_twins_have_groups_of_their_own(store: Store, tenant: Tenant) -> None:
    other = tenant.twins.create("other", "Other").id
    life = following(store, tenant, Letters)
    ask(life, "on")
    life.ask(asked(tenant, "on", twin_id=other), asked(tenant, "no", twin_id=other))
    life.catch_up()

    assert groups(life) == {"on": 1}


def test_a_group_that_was_forgotten_in_part_is_found_by_its_new_words(
    store: Store, tenant: Tenant
) -> None:
    letters = Letters()
    life = following(store, tenant, lambda: letters)
    for visitor, question in (("vis_1", "eat"), ("vis_2", "tea")):
        life.ask(asked(tenant, question, asker=by(visitor)))
    life.catch_up()
    life.audience.collector.forget(tenant, default_twin(tenant), "vis_1")
    ask(life, "ate")

    assert groups(life) == {"tea": 2}
