"""The figures of a day."""

from typing import Any

from tests.support.audience import NOON
from twind.audience.rollups import PAUSE_S, roll_up
from twind.domain.metrics import (
    COURTESY,
    DayFigures,
    Dimension,
    Event,
    GroupCount,
    Rating,
    Rollup,
    latency_step,
    step_ms,
)


def event(**changes: Any) -> Event:
    values = {
        "asked_at": NOON,
        "channel": "widget",
        "session": "ses_1",
        "visitor": "vis_1",
        "host": "ada.example",
        "answered": True,
        "reason": None,
        "took_ms": 100.0,
        "sources": ("src_1",),
        "rating": None,
        "is_closed": False,
        "group_key": 1,
    }
    return Event(**{**values, **changes})


def counted(rollup: Rollup, dimension: Dimension) -> dict[str, tuple[int, int]]:
    return {
        count.name: (count.questions, count.answered)
        for count in rollup.counts
        if count.dimension is dimension
    }


def test_a_day_without_questions_has_no_figures() -> None:
    assert roll_up([]) == Rollup(figures=DayFigures(), counts=(), groups=())


def test_visitors_count_once_and_the_owner_is_none() -> None:
    events = [event(), event(), event(visitor="vis_2"), event(visitor="", channel="chat")]

    assert roll_up(events).figures == DayFigures(questions=4, answered=4, visitors=2, sessions=3)


def test_who_only_says_hello_is_a_visitor_that_has_asked_nothing() -> None:
    hello = event(answered=False, reason=COURTESY, group_key=None, rating=Rating.UP)

    rollup = roll_up([hello, event(visitor="vis_2")])

    assert rollup.figures == DayFigures(questions=1, answered=1, visitors=2, sessions=2, up=1)
    assert counted(rollup, Dimension.REASON) == {}
    assert counted(rollup, Dimension.CHANNEL) == {"widget": (1, 1)}


def test_who_pauses_and_asks_again_has_come_again() -> None:
    again = NOON + PAUSE_S + 1
    events = [event(asked_at=again), event(), event(asked_at=again + PAUSE_S)]

    figures = roll_up(events).figures
    assert (figures.visitors, figures.sessions, figures.came_again) == (1, 2, 1)


def test_who_has_no_name_is_told_by_the_session_and_never_comes_again() -> None:
    later = NOON + 2 * PAUSE_S
    events = [event(visitor=""), event(visitor="", asked_at=later), event(visitor="", session="2")]

    figures = roll_up(events).figures
    assert (figures.visitors, figures.sessions, figures.came_again) == (0, 3, 0)


def test_a_visitor_with_two_pages_open_has_one_session() -> None:
    assert roll_up([event(session="1"), event(session="2")]).figures.sessions == 1


def test_refusals_are_counted_by_reason_and_as_a_gap_until_they_are_closed() -> None:
    refusal = {"answered": False, "reason": "no_evidence", "sources": ()}
    events = [event(**refusal), event(**refusal, visitor="vis_2"), event(), event(rating=None)]

    rollup = roll_up([*events, event(**refusal, is_closed=True, visitor="vis_3")])
    assert counted(rollup, Dimension.REASON) == {"no_evidence": (3, 0)}
    assert counted(rollup, Dimension.SOURCE) == {"src_1": (2, 2)}
    assert rollup.groups == (
        GroupCount(
            group_key=1,
            questions=5,
            answered=2,
            visitors=3,
            open_questions=2,
            open_visitors=2,
        ),
    )


def test_hosts_and_channels_are_counted_where_there_are_any() -> None:
    rollup = roll_up([event(), event(host="", channel="api", visitor="")])

    assert counted(rollup, Dimension.HOST) == {"ada.example": (1, 1)}
    assert counted(rollup, Dimension.CHANNEL) == {"widget": (1, 1), "api": (1, 1)}


def test_ratings_are_counted() -> None:
    rollup = roll_up([event(rating=Rating.UP), event(rating=Rating.DOWN), event()])

    assert (rollup.figures.up, rollup.figures.down) == (1, 1)


def test_a_question_without_a_group_is_counted_in_none() -> None:
    rollup = roll_up([event(group_key=None)])

    assert rollup.groups == ()


def test_a_latency_is_told_by_its_step() -> None:
    assert counted(roll_up([event()]), Dimension.LATENCY) == {str(latency_step(100.0)): (1, 1)}
    assert abs(step_ms(latency_step(100.0)) - 100.0) <= 5.0
