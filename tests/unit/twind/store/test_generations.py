import hashlib
from dataclasses import replace

from tests.support.store import SPEC, a_live_source, vector
from twind.domain.generations import GenerationStatus
from twind.store.store import Store, Tenant

OTHER = replace(SPEC, revision="2")


def build(tenant: Tenant, generation: int) -> None:
    missing = tenant.generations.missing(generation, 100)
    tenant.generations.put(generation, [(each.key, vector(each.chunk.text)) for each in missing])


def test_the_first_generation_of_an_empty_tenant_answers_at_once(tenant: Tenant) -> None:
    started = tenant.generations.start(SPEC)

    assert started.status is GenerationStatus.ACTIVE
    assert tenant.generations.active() == started == tenant.generations.start(SPEC)
    assert tenant.generations.building() is None


def test_vectors_are_made_when_a_model_appears(store: Store, tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Bees dance.", "Wasps do not.")

    started = tenant.generations.start(SPEC)
    assert started.status is GenerationStatus.BUILDING
    assert not tenant.generations.activate(started.key)
    assert [each.text for each in tenant.generations.missing(started.key, 10)] == [
        "Title\nBees dance.",
        "Title\nWasps do not.",
    ]
    build(tenant, started.key)

    assert tenant.generations.activate(started.key)
    assert tenant.generations.activate(started.key)
    assert len(tenant.index.nearest(twin, started.key, vector("dance"), 5)) == 2
    assert all(finding.problems == 0 for finding in store.health.check())


def test_the_old_generation_answers_until_the_new_one_is_complete(
    store: Store, tenant: Tenant, twin: str
) -> None:
    old = tenant.generations.start(SPEC)
    a_live_source(tenant, "Bees dance.", uri="/a", generation=old)
    new = tenant.generations.start(OTHER)
    a_live_source(tenant, "Wasps do not.", uri="/b", generation=new)

    assert tenant.generations.active() == old
    assert tenant.generations.building() == new
    assert len(tenant.index.nearest(twin, old.key, vector("dance"), 5)) == 1

    build(tenant, new.key)
    assert tenant.generations.activate(new.key)
    assert tenant.generations.building() is None
    assert len(tenant.index.nearest(twin, new.key, vector("dance"), 5)) == 2
    assert tenant.index.nearest(twin, old.key, vector("dance"), 5) == []
    assert all(finding.problems == 0 for finding in store.health.check())


def test_going_back_to_the_active_model_gives_the_other_up(tenant: Tenant) -> None:
    old = tenant.generations.start(SPEC)
    a_live_source(tenant, "Bees dance.", generation=old)
    new = tenant.generations.start(OTHER)
    build(tenant, new.key)

    assert tenant.generations.start(SPEC) == old
    assert tenant.generations.building() is None
    assert not tenant.generations.activate(new.key)
    assert tenant.generations.put(new.key, [(1, vector("x"))]) == 0


def test_vectors_are_put_once_and_only_for_chunks_that_are_there(
    store: Store, tenant: Tenant
) -> None:
    a_live_source(tenant, "Bees dance.")
    generation = tenant.generations.start(SPEC)
    (missing,) = tenant.generations.missing(generation.key, 10)
    vectors = [(missing.key, vector("dance")), (1_000, vector("gone"))]

    assert tenant.generations.put(generation.key, vectors) == 1
    assert tenant.generations.put(generation.key, vectors) == 0
    assert all(finding.problems == 0 for finding in store.health.check())


def test_what_is_missing_comes_in_slices(tenant: Tenant) -> None:
    a_live_source(tenant, *(f"Bee {number}." for number in range(5)))
    generation = tenant.generations.start(SPEC).key

    first = tenant.generations.missing(generation, 2)
    rest = tenant.generations.missing(generation, 10, after=first[-1].key)

    assert [each.chunk.text for each in [*first, *rest]] == [f"Bee {n}." for n in range(5)]


def test_content_of_a_retired_generation_goes_live_without_its_vectors(
    store: Store, tenant: Tenant
) -> None:
    retired = tenant.generations.start(SPEC)
    active = tenant.generations.start(OTHER)

    a_live_source(tenant, "Bees dance.", generation=retired)

    assert len(tenant.generations.missing(active.key, 10)) == 1
    problems = {finding.name: finding.problems for finding in store.health.check()}
    assert problems == {"database": 0, "full text": 0, "vectors": 0, "embeddings": 1}


def test_vectors_of_known_texts_are_found_by_hash(tenant: Tenant) -> None:
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", generation=generation)
    hashes = [_hash("Title\nBees dance."), _hash("new")]

    assert tenant.chunks.known_vectors(generation.key, hashes) == {
        hashes[0]: vector("Bees dance.")
    }
    tenant.sources.delete(source.id)
    assert tenant.chunks.known_vectors(generation.key, hashes) == {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
