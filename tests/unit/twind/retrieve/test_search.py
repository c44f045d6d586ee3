"""A search over a real store; there is no model, so it is full text alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.store import a_live_source
from twind.models.registry import EmbedderRegistry
from twind.retrieve.search import CANDIDATES, NO_MODEL, Retriever
from twind.store.store import Tenant


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    registry = EmbedderRegistry("none", tmp_path / "models", keep_alive_s=0)
    yield Retriever(registry)
    registry.close()


def test_the_best_passages_come_with_what_is_known_of_them(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    source = a_live_source(tenant, "Bees dance.", "Wasps dance.", "Ants march.", page=2)

    found = retriever.search(tenant, twin, "Do bees dance?", limit=10)

    assert [passage.text for passage in found.passages] == ["Bees dance.", "Wasps dance."]
    first, second = found.passages
    assert (first.source_id, first.uri, first.locator.page) == (source.id, "/a.md", 2)
    assert first.score > second.score
    assert (first.coverage, first.similarity) == (1, None)
    assert found.notice == NO_MODEL


def test_passages_further_down_are_read_where_those_above_repeat(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    a_live_source(tenant, "Bees dance.", "Bees dance!", "Bees dance?", "And wasps dance alone.")

    found = retriever.search(tenant, twin, "Do bees dance?", limit=2)

    assert [passage.text for passage in found.passages] == [
        "Bees dance.",
        "And wasps dance alone.",
    ]


def test_the_best_of_another_page_moves_up(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    a_live_source(tenant, "Bees dance.", "Bees dance in the dark hive.", uri="/a", page=1)
    a_live_source(tenant, "Bees dance around and around all of the day.", uri="/b", page=1)

    found = retriever.search(tenant, twin, "Do bees dance?", limit=3)

    assert [passage.uri for passage in found.passages] == ["/a", "/b", "/a"]


def test_a_neighbour_counts_that_is_not_among_the_best_itself(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    for number in range(CANDIDATES):
        a_live_source(tenant, f"Bees dance on meadow {number} today.", uri=f"/{number}", page=1)
    a_live_source(tenant, "Bees dance here.", "Ants march all day.", uri="/a", page=1)
    a_live_source(tenant, "Bees dance there.", "Bees rest all day.", uri="/b", page=1)

    found = retriever.search(tenant, twin, "Do bees dance?", limit=2 * CANDIDATES)

    uris = [passage.uri for passage in found.passages]
    assert uris.index("/b") < uris.index("/a")


def test_a_neighbour_without_any_word_of_the_question_is_not_found(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    a_live_source(tenant, "Bees dance.", "Ants march.", page=1)

    found = retriever.search(tenant, twin, "Do bees dance?", limit=3)

    assert [passage.text for passage in found.passages] == ["Bees dance."]


def test_a_twin_that_knows_nothing_finds_nothing(
    tenant: Tenant, twin: str, retriever: Retriever
) -> None:
    assert retriever.search(tenant, twin, "Do bees dance?", limit=3).passages == []
