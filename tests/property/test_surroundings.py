"""What stands beside a passage moves it no further than a part of the way."""

from hypothesis import given
from hypothesis import strategies as st

from twind.domain.chunks import Place
from twind.retrieve.fuse import Ranked
from twind.retrieve.surroundings import NEIGHBOUR_WEIGHT, in_surroundings

places_by_key = st.dictionaries(
    st.integers(0, 9),
    st.builds(
        Place,
        source_id=st.sampled_from(["a", "b"]),
        position=st.integers(0, 9),
        page=st.integers(1, 3),
    ),
)
rankings = st.lists(st.floats(0, 1), max_size=10).map(
    lambda scores: [Ranked(key=key, score=score) for key, score in enumerate(scores)]
)


@given(rankings, places_by_key)
def test_every_chunk_stays_and_no_score_leaves_the_range(
    ranked: list[Ranked], places: dict[int, Place]
) -> None:
    judged = in_surroundings(ranked, places)
    assert sorted(one.key for one in judged) == [one.key for one in ranked]
    scores = [one.score for one in ranked]
    assert all(min(scores) - 1e-9 <= one.score <= max(scores) + 1e-9 for one in judged)
    assert judged == sorted(judged, key=lambda one: (-one.score, one.key))


@given(rankings, places_by_key)
def test_no_score_changes_by_more_than_the_weight_of_neighbours(
    ranked: list[Ranked], places: dict[int, Place]
) -> None:
    before = {one.key: one.score for one in ranked}
    for one in in_surroundings(ranked, places):
        assert abs(one.score - before[one.key]) <= NEIGHBOUR_WEIGHT + 1e-9


@given(rankings)
def test_chunks_without_pages_keep_their_scores(ranked: list[Ranked]) -> None:
    assert in_surroundings(ranked, {}) == sorted(ranked, key=lambda one: (-one.score, one.key))


@given(rankings, places_by_key, st.data())
def test_the_order_of_what_was_found_does_not_matter(
    ranked: list[Ranked], places: dict[int, Place], data: st.DataObject
) -> None:
    unique = {(place.source_id, place.position): key for key, place in places.items()}
    kept = {key: places[key] for key in unique.values()}
    shuffled = data.draw(st.permutations(ranked))
    assert in_surroundings(shuffled, kept) == in_surroundings(ranked, kept)
