"""Fusion ranks all candidates, and never against a candidate that is better in everything."""

from hypothesis import given
from hypothesis import strategies as st

from twind.retrieve.fuse import Candidate, coverage, fluency, fuse, rarities

shares = st.floats(0, 1)
scores = st.tuples(st.floats(0, 40), shares, st.none() | st.floats(-1, 1))
pools = st.lists(scores, max_size=20).map(
    lambda drawn: [
        Candidate(key=key, bm25=bm25, coverage=share, similarity=similarity)
        for key, (bm25, share, similarity) in enumerate(drawn)
    ]
)


@given(pools, shares)
def test_every_candidate_is_ranked_once_and_scored_between_0_and_1(
    pool: list[Candidate], read: float
) -> None:
    ranked = fuse(pool, fluency=read)
    assert sorted(one.key for one in ranked) == [candidate.key for candidate in pool]
    assert all(0 <= one.score <= 1 for one in ranked)
    assert ranked == sorted(ranked, key=lambda one: -one.score)


@given(pools, shares, st.data())
def test_the_order_of_the_candidates_does_not_matter(
    pool: list[Candidate], read: float, data: st.DataObject
) -> None:
    assert fuse(data.draw(st.permutations(pool)), fluency=read) == fuse(pool, fluency=read)


@given(pools, shares)
def test_who_is_no_worse_in_anything_is_not_ranked_below(
    pool: list[Candidate], read: float
) -> None:
    score = {one.key: one.score for one in fuse(pool, fluency=read)}
    embedded = [candidate for candidate in pool if candidate.similarity is not None]
    for one in embedded:
        for other in embedded:
            if all(
                mine >= theirs for mine, theirs in zip(_signs(one), _signs(other), strict=True)
            ):
                assert score[one.key] >= score[other.key] - 1e-9


def _signs(candidate: Candidate) -> tuple[float, float, float]:
    return candidate.bm25, candidate.coverage, candidate.similarity or 0.0


@given(st.text(max_size=50), st.integers(0, 500))
def test_fluency_is_a_share(question: str, tokens: int) -> None:
    assert 0 <= fluency(question, tokens) <= 1


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 1000), max_size=8), st.data())
def test_coverage_is_a_share(frequencies: dict[str, int], data: st.DataObject) -> None:
    weights = rarities(frequencies, 500)
    held = data.draw(st.sets(st.sampled_from(sorted(weights)))) if weights else set()
    assert 0 <= coverage(held, weights) <= 1
    assert not weights or coverage(set(weights), weights) == 1
