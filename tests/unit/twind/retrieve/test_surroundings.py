"""A passage is judged by its neighbours too, where pages cut the text."""

import pytest

from twind.domain.chunks import Place
from twind.retrieve.fuse import Ranked
from twind.retrieve.surroundings import in_surroundings


def ranked(scores: dict[int, float]) -> list[Ranked]:
    return [Ranked(key=key, score=score) for key, score in scores.items()]


def place(source: str, position: int) -> Place:
    return Place(source_id=source, position=position, page=1 + position // 3)


def test_two_in_a_row_come_before_a_slightly_better_one_by_itself() -> None:
    places = {1: place("a", 7), 2: place("a", 8), 3: place("b", 4), 4: place("b", 5)}
    judged = in_surroundings(ranked({1: 0.50, 3: 0.48, 4: 0.46, 2: 0.20}), places)
    assert [one.key for one in judged] == [3, 4, 1, 2]


def test_the_better_neighbour_counts_whichever_page_it_stands_on() -> None:
    places = {1: place("a", 2), 2: place("a", 3), 3: place("a", 4)}
    judged = in_surroundings(ranked({1: 0.4, 2: 0.3, 3: 0.1}), places)
    assert [one.score for one in judged] == pytest.approx([0.37, 0.33, 0.16])


def test_neither_the_same_place_of_another_source_nor_one_further_off_is_a_neighbour() -> None:
    places = {1: place("a", 1), 2: place("b", 2), 3: place("a", 3)}
    judged = in_surroundings(ranked({1: 0.5, 2: 0.4, 3: 0.1}), places)
    assert [one.score for one in judged] == pytest.approx([0.5, 0.4, 0.1])


def test_nothing_found_is_nothing_ranked() -> None:
    assert in_surroundings([], {}) == []
