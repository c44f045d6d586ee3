from pathlib import Path

import pytest

from tests.support.store import SPEC, a_live_source, default_tenant, default_twin, vector
from twind.domain.chunks import Place
from twind.domain.generations import Generation
from twind.domain.terms import index_text
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store, Tenant


@pytest.fixture
def generation(tenant: Tenant) -> Generation:
    return tenant.generations.start(SPEC)


def found(tenant: Tenant, twin: str, expression: str) -> list[str]:
    keys = [key for key, _ in tenant.index.full_text(twin, expression, 10)]
    return [chunk.text for chunk in tenant.chunks.load(twin, keys)]


def test_words_are_found_in_any_form_and_accent(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Running at the café.", "Swimming at sea.")

    assert found(tenant, twin, "runs") == ["Running at the café."]
    assert found(tenant, twin, "CAFE") == ["Running at the café."]


def test_scripts_without_spaces_are_found(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "蜜蜂跳舞。", "黄蜂不跳。")

    assert found(tenant, twin, index_text("跳舞")) == ["蜜蜂跳舞。"]


def test_title_and_headings_are_found_and_can_count_more(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "They dance, and bees fly.", uri="/a", title="Wasps")
    a_live_source(tenant, "They dance.", uri="/b", title="Bees")

    context_first = tenant.index.full_text(twin, "bees", 10, (10.0, 1.0))
    body_first = tenant.index.full_text(twin, "bees", 10, (0.1, 1.0))

    assert [key for key, _ in context_first] == [key for key, _ in body_first][::-1]
    assert all(score > 0 for _, score in context_first)


def test_given_chunks_have_the_scores_of_the_search(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Bees dance.", "Bees and more bees.", "Wasps.")
    scored = dict(tenant.index.full_text(twin, "bees OR dance", 10))

    matches = tenant.index.matches(twin, ["bees", "dance"], [1, 2, 3, 1_000])

    assert {key: sum(scores.values()) for key, scores in matches.items()} == pytest.approx(scored)
    assert tenant.index.matches(twin, ["bees"], []) == {}


def test_given_chunks_hold_words_in_any_form(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Bees dance.", "A wasp is dancing.", "Bees.")

    matches = tenant.index.matches(twin, ["bee", "dances", "!"], [1, 2, 1_000])

    assert {key: set(scores) for key, scores in matches.items()} == {
        1: {"bee", "dances"},
        2: {"dances"},
    }
    assert tenant.index.matches(twin, [], [1]) == {}


def test_frequencies_count_chunks_by_stem(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Bees dance.", "A bee is dancing, dancing.", "Wasps sting-free.")

    frequencies = tenant.index.document_frequencies(
        twin, ["Bees", "dance", "title", "sting-free", "sting-bee", "nothing", "!"]
    )

    assert frequencies == {
        "Bees": 2,
        "dance": 2,
        "title": 3,
        "sting-free": 1,
        "sting-bee": 1,
        "nothing": 0,
        "!": 0,
    }


def test_the_nearest_come_first(tenant: Tenant, twin: str, generation: Generation) -> None:
    a_live_source(tenant, "aaaa", "eeee", "aaae", generation=generation)

    nearest = tenant.index.nearest(twin, generation.key, vector("aaaa"), 2)

    assert [c.text for c in tenant.chunks.load(twin, [k for k, _ in nearest])] == ["aaaa", "aaae"]
    assert nearest[0][1] == pytest.approx(1)


def test_the_nearest_are_found_in_both_parts_of_a_large_twin(
    tenant: Tenant, twin: str, generation: Generation
) -> None:
    a_live_source(tenant, *["eeee"] * 600, "aaaa", uri="/one", generation=generation)
    a_live_source(tenant, *["iiii"] * 600, "aaaa", uri="/two", generation=generation)

    nearest = tenant.index.nearest(twin, generation.key, vector("aaaa"), 3)

    assert [key for key, _ in nearest[:2]] == [601, 1202]
    assert len(nearest) == 3


def test_vectors_that_lie_in_the_other_part_are_found_and_removed(
    store: Store, tmp_path: Path, generation: Generation
) -> None:
    tenant = default_tenant(store)
    source = a_live_source(tenant, *["eeee"] * 1100, "aaaa", generation=generation)
    twin = default_twin(tenant)
    db = SqliteDatabase.open(tmp_path / "twinctl.db")
    with db.transaction():
        db.execute(f"CREATE TABLE moved AS SELECT rowid, vector FROM vec_{generation.key}")
        db.execute(f"DELETE FROM vec_{generation.key}")
        db.execute(
            f"INSERT INTO vec_{generation.key} (rowid, twin, vector) "
            "SELECT rowid, 1, vector FROM moved"
        )
        db.execute("DROP TABLE moved")
    db.close()

    ((nearest, _), *_) = tenant.index.nearest(twin, generation.key, vector("aaaa"), 5)
    tenant.sources.delete(source.id)

    assert nearest == 1101
    assert tenant.index.nearest(twin, generation.key, vector("aaaa"), 5) == []


def test_more_neighbours_than_the_index_gives_may_be_asked_for(
    tenant: Tenant, twin: str, generation: Generation
) -> None:
    a_live_source(tenant, "aaaa", generation=generation)

    assert len(tenant.index.nearest(twin, generation.key, vector("aaaa"), 10_000)) == 1


def test_similarities_agree_with_the_search(
    tenant: Tenant, twin: str, generation: Generation
) -> None:
    a_live_source(tenant, "aaaa", "eeee", "aaae", generation=generation)
    nearest = dict(tenant.index.nearest(twin, generation.key, vector("aaaa"), 3))

    similar = tenant.index.similarities(generation.key, vector("aaaa"), [*nearest, 1_000])

    assert similar == pytest.approx(nearest)


def test_a_zero_vector_has_no_neighbours(
    tenant: Tenant, twin: str, generation: Generation
) -> None:
    a_live_source(tenant, "aaaa", generation=generation)
    (key,) = (chunk for chunk, _ in tenant.index.nearest(twin, generation.key, vector("a"), 1))

    assert tenant.index.nearest(twin, generation.key, bytes(16), 5) == []
    assert tenant.index.similarities(generation.key, bytes(16), [key]) == {}


def test_twins_are_searched_apart(tenant: Tenant, twin: str, generation: Generation) -> None:
    other = tenant.twins.create("other", "Other").id
    a_live_source(tenant, "Bees dance.", generation=generation)
    a_live_source(tenant, "Bees sleep.", twin=other, generation=generation)

    assert found(tenant, twin, "bees") == ["Bees dance."]
    assert found(tenant, other, "bees") == ["Bees sleep."]
    assert tenant.index.document_frequencies(other, ["bees"]) == {"bees": 1}
    assert tenant.index.chunk_count(other) == 1
    (near,) = tenant.index.nearest(other, generation.key, vector("Bees dance."), 5)
    assert tenant.chunks.load(twin, [near[0]]) == []


def test_chunks_load_in_the_order_asked_for(tenant: Tenant, twin: str) -> None:
    source = a_live_source(tenant, "one", "two", "three")
    keys = [chunk.key for chunk in tenant.chunks.of_source(source.id)]

    loaded = tenant.chunks.load(twin, [keys[2], keys[0], 1_000, keys[2]])

    assert [chunk.text for chunk in loaded] == ["three", "one"]
    assert loaded[0].locator.start_char == 10
    assert (loaded[0].uri, loaded[0].title) == (source.uri, source.title)


def test_chunks_tell_on_which_page_of_what_they_stand(tenant: Tenant, twin: str) -> None:
    paged = a_live_source(tenant, "one", "two", uri="/a.pdf", page=3)
    unpaged = a_live_source(tenant, "three", uri="/b.md")
    keys = [chunk.key for one in (paged, unpaged) for chunk in tenant.chunks.of_source(one.id)]

    places = tenant.chunks.places_around(twin, keys)

    assert places == {
        keys[0]: Place(source_id=paged.id, position=0, page=3),
        keys[1]: Place(source_id=paged.id, position=1, page=3),
    }


def test_with_a_chunk_on_a_page_come_those_right_beside_it(tenant: Tenant, twin: str) -> None:
    source = a_live_source(tenant, "one", "two", "three", "four", uri="/a.pdf", page=1)
    a_live_source(tenant, "five", "six", uri="/b.pdf", page=1)
    first, second, third, _ = [chunk.key for chunk in tenant.chunks.of_source(source.id)]

    assert tenant.chunks.places_around(twin, [second]).keys() == {first, second, third}
    assert tenant.chunks.places_around(twin, [first]).keys() == {first, second}
