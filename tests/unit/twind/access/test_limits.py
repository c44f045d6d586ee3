from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.store import open_store
from twind.access.limits import Limits
from twind.access.streams import Holder, Streams
from twind.domain.limits import Bucket, Level
from twind.errors import Overloaded, RateLimited
from twind.store.store import Store

SECRET = b"secret"
TEN = Bucket(name="key 1", per_minute=10)


@dataclass(slots=True)
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def taken(limits: Limits, *buckets: Bucket, most: int = 1000) -> int:
    """Take until nothing is granted; return how often it was."""
    for count in range(most):
        if not limits.take(buckets).is_granted:
            return count
    return most


def test_so_many_are_granted_at_once_and_no_more(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock())

    assert taken(limits, TEN) == 10
    refused = limits.take([TEN])
    assert (refused.limit, refused.remaining) == (10, 0)
    assert refused.retry_after_s == pytest.approx(6)
    assert refused.reset_s == pytest.approx(60)


def test_what_is_given_back_can_be_taken_again(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock())
    assert limits.is_full(TEN)

    assert taken(limits, TEN) == 10
    assert not limits.is_full(TEN)
    for _ in range(20):
        limits.give_back([TEN])

    assert limits.is_full(TEN)
    assert taken(limits, TEN) == 10


def test_a_bucket_fills_again_within_a_minute(store: Store) -> None:
    clock = Clock()
    limits = Limits(store.limits, SECRET, clock=clock)
    taken(limits, TEN)

    clock.now += 6.01
    assert taken(limits, TEN) == 1
    clock.now += 600
    assert taken(limits, TEN) == 10


def test_a_clock_that_is_set_back_grants_nothing(store: Store) -> None:
    clock = Clock()
    limits = Limits(store.limits, SECRET, clock=clock)
    taken(limits, TEN)

    clock.now -= 3600
    assert taken(limits, TEN) == 0


def test_all_buckets_or_none_are_taken_from(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock())
    one = Bucket(name="visitor 1", per_minute=1)

    assert limits.take([TEN, one]).is_granted
    assert not limits.take([TEN, one]).is_granted
    assert limits.take([TEN]).remaining == 8


def test_the_tightest_bucket_is_told_of(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock())

    assert limits.take([Bucket(name="twin 1", per_minute=100), TEN]).limit == 10


def test_one_holder_does_not_take_from_another(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock())
    taken(limits, TEN)

    assert taken(limits, Bucket(name="key 2", per_minute=10)) == 10


def test_who_comes_after_goes_on_where_the_last_stopped(store: Store) -> None:
    clock = Clock()
    before = Limits(store.limits, SECRET, clock=clock)
    before.start()
    taken(before, TEN)
    before.stop()

    assert taken(Limits(store.limits, SECRET, clock=clock), TEN) == 0
    clock.now += 61
    assert taken(Limits(store.limits, SECRET, clock=clock), TEN) == 10


def test_what_is_full_again_is_forgotten_and_names_are_not_kept(store: Store) -> None:
    clock = Clock()
    limits = Limits(store.limits, SECRET, clock=clock)
    limits.take([TEN])
    limits.keep()
    kept = store.limits.since(0)
    clock.now += 61
    limits.take([Bucket(name="key 2", per_minute=10)])
    limits.keep()

    assert not any("key" in name for name in kept)
    assert len(kept) == len(store.limits.since(0)) == 1
    assert kept.keys() != store.limits.since(0).keys()


def test_of_too_many_those_who_asked_long_ago_are_forgotten(store: Store) -> None:
    limits = Limits(store.limits, SECRET, clock=Clock(), most=50)
    taken(limits, TEN)

    for number in range(200):
        limits.take([Bucket(name=f"address {number}", per_minute=10)])
        assert not limits.take([TEN]).is_granted

    limits.keep()
    assert len(store.limits.since(0)) == 50
    assert limits.take([Bucket(name="address 199", per_minute=10)]).remaining == 8
    assert limits.take([Bucket(name="address 0", per_minute=10)]).remaining == 9


@given(
    st.lists(st.floats(0, 30), max_size=60),
    st.integers(1, 20),
)
def test_no_minute_grants_more_than_two_full_buckets(steps: list[float], per_minute: int) -> None:
    level, now, granted = Level(tokens=per_minute, at=0.0), 0.0, []
    for step in steps:
        now += step
        tokens = level.filled(per_minute, now)
        assert 0 <= tokens <= per_minute
        if tokens >= 1:
            granted.append(now)
            level = Level(tokens=tokens - 1, at=now)
    for first in granted:
        assert sum(first <= at <= first + 60 for at in granted) <= 2 * per_minute + 1


def test_a_holder_has_so_many_streams_until_one_ends() -> None:
    streams = Streams(most=10)
    holders = [Holder(name="visitor 1", most=2), Holder(name="key 1", most=5)]
    places = [streams.enter(holders) for _ in range(2)]

    with pytest.raises(RateLimited) as error:
        streams.enter(holders)
    places[0].leave()
    places[0].leave()
    streams.enter(holders)
    with pytest.raises(RateLimited):
        streams.enter(holders)

    assert error.value.retry_after_s > 0
    assert not isinstance(error.value, Overloaded)


def test_all_streams_together_are_so_many() -> None:
    streams = Streams(most=2)
    for n in range(2):
        streams.enter([Holder(name=f"visitor {n}", most=1)])

    with pytest.raises(Overloaded):
        streams.enter([Holder(name="visitor 3", most=1)])
