import pytest

from tests.support.store import SPEC, a_live_source, vector
from twind.domain.conversations import Role
from twind.domain.twins import Mode, Persona, Size
from twind.errors import Conflict, NotFound
from twind.store.store import Store, Tenant


def test_every_tenant_has_a_default_twin(tenant: Tenant) -> None:
    twin = tenant.twins.get("default")

    assert tenant.twins.get(twin.id) == twin
    assert list(tenant.twins.list()) == [twin]


def test_a_slug_is_taken_once(tenant: Tenant) -> None:
    ada = tenant.twins.create("ada", "Ada", "Countess")

    with pytest.raises(Conflict):
        tenant.twins.create("ada", "Other")
    with pytest.raises(Conflict):
        tenant.twins.update("default", slug="ada")
    assert tenant.twins.count() == 2
    assert tenant.twins.get("ada") == ada


def test_only_what_is_given_changes(tenant: Tenant) -> None:
    tenant.twins.create("ada", "Ada", "Countess")

    changed = tenant.twins.update("ada", slug="lovelace", name="Ada Lovelace")

    assert (changed.slug, changed.name) == ("lovelace", "Ada Lovelace")
    assert changed.description == "Countess"
    with pytest.raises(NotFound):
        tenant.twins.get("ada")


def test_a_deletion_takes_all_that_the_twin_knew(store: Store, tenant: Tenant) -> None:
    generation = tenant.generations.start(SPEC)
    ada = tenant.twins.create("ada", "Ada").id
    source = a_live_source(tenant, "Bees dance.", twin=ada, generation=generation)
    conversation = tenant.conversations.start(ada, "Hello").id
    tenant.conversations.add(conversation, Role.USER, "Hello")
    assert tenant.twins.size(ada) == Size(sources=1, chunks=1)

    removed = tenant.twins.delete("ada")

    assert (removed.sources, removed.chunks) == (1, 1)
    assert tenant.index.nearest(ada, generation.key, vector("dance"), 5) == []
    assert tenant.index.full_text(ada, "bees", 5) == []
    assert all(finding.problems == 0 for finding in store.health.check())
    for get, key in (
        (tenant.twins.get, ada),
        (tenant.sources.get, source.id),
        (tenant.conversations.get, conversation),
    ):
        with pytest.raises(NotFound):
            get(key)


def test_a_slug_may_be_given_again(tenant: Tenant) -> None:
    tenant.twins.create("ada", "Ada")
    tenant.twins.delete("ada")

    again = tenant.twins.create("ada", "Ada")
    a_live_source(tenant, "Bees dance.", twin=again.id)

    assert len(tenant.index.full_text(again.id, "bees", 5)) == 1


def test_twins_come_in_pages(tenant: Tenant) -> None:
    for slug in ("ada", "ben"):
        tenant.twins.create(slug, slug)

    first = tenant.twins.list(limit=2)
    rest = tenant.twins.list(limit=2, cursor=first.next_cursor)

    assert [twin.slug for twin in [*first, *rest]] == ["ben", "ada", "default"]


def test_a_persona_is_kept_until_another_is_given(tenant: Tenant) -> None:
    assert tenant.twins.create("ada", "Ada").persona == Persona()
    persona = Persona(
        voice="Dry.", language="en-GB", greeting="Hello.", refusal="Pass.", mode=Mode.GUIDED
    )

    tenant.twins.update("ada", persona=persona)
    tenant.twins.update("ada", name="Ada Lovelace")

    assert tenant.twins.get("ada").persona == persona
    assert tenant.twins.get("default").persona == Persona()
    assert tenant.twins.update("ada", persona=Persona()).persona == Persona()
