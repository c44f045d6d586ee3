import pytest

from twind.ingest.fetch.turns import FIRST_REST_S, LONGEST_LINE_S, LONGEST_REST_S, Turns
from twind.jobs.handler import NotYet


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    return Turns(clock=clock, spread=lambda: 0.5)


def put_off(turns: Turns) -> float:
    """Come too early and return when to come again, in seconds."""
    with pytest.raises(NotYet) as caught, turns.turn():
        pass
    return caught.value.after_s


def take(turns: Turns, *, blocked: bool = False) -> float:
    """Take a turn and return how long the rest is that was asked for."""
    with turns.turn():
        return turns.rest() if blocked else 0.0


def test_only_one_has_the_turn_and_each_who_waits_gets_a_moment_of_its_own(turns: Turns) -> None:
    with turns.turn():
        assert [put_off(turns) for _ in range(3)] == [2.0, 4.0, 6.0]


def test_a_pause_lies_between_turns(turns: Turns, clock: Clock) -> None:
    take(turns)
    assert put_off(turns) == 4.0
    clock.now += 2.0
    take(turns)


def test_a_turn_ends_with_the_error_of_its_holder(turns: Turns, clock: Clock) -> None:
    with pytest.raises(RuntimeError), turns.turn():
        raise RuntimeError
    clock.now += 2.0
    take(turns)


def test_after_a_refusal_everybody_waits_longer_each_time(turns: Turns, clock: Clock) -> None:
    rests = []
    for _ in range(6):
        rests.append(take(turns, blocked=True))
        assert put_off(turns) > rests[-1]
        clock.now += rests[-1]
    assert rests == [FIRST_REST_S, 120.0, 240.0, 480.0, LONGEST_REST_S, LONGEST_REST_S]


def test_a_turn_that_went_well_ends_the_series(turns: Turns, clock: Clock) -> None:
    for _ in range(2):
        clock.now += take(turns, blocked=True) + 2.0
        take(turns)
        clock.now += 2.0
    assert take(turns, blocked=True) == FIRST_REST_S


def test_a_long_line_is_not_sent_away_for_long(turns: Turns) -> None:
    with turns.turn():
        assert max(put_off(turns) for _ in range(200)) == LONGEST_LINE_S
