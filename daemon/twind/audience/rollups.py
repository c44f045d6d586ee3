"""The figures of a day, made of all its events: always the same, whatever was there before."""

from collections import Counter
from collections.abc import Iterator, Sequence

from twind.domain.metrics import (
    COURTESY,
    Count,
    DayFigures,
    Dimension,
    Event,
    GroupCount,
    Rating,
    Rollup,
    latency_step,
)

PAUSE_S = 30 * 60
"""Who asks nothing for so long and then asks again has come again."""


def roll_up(events: Sequence[Event]) -> Rollup:
    """Return the figures of the events of a day, whatever their order.

    Whoever only says hello is a visitor, but has asked nothing.
    """
    asked = [event for event in events if event.reason != COURTESY]
    visits = _visits(events)
    visitors = {event.visitor for event in events if event.visitor}
    figures = DayFigures(
        questions=len(asked),
        answered=sum(event.answered for event in asked),
        visitors=len(visitors),
        came_again=sum(visits[visitor] > 1 for visitor in visitors),
        sessions=visits.total(),
        up=sum(event.rating is Rating.UP for event in events),
        down=sum(event.rating is Rating.DOWN for event in events),
    )
    return Rollup(figures=figures, counts=tuple(_counts(asked)), groups=tuple(_groups(asked)))


def _visits(events: Sequence[Event]) -> Counter[str]:
    """Return how often each visitor came; who has no pseudonym is told by the session."""
    visits: Counter[str] = Counter()
    last: dict[str, float] = {}
    for event in sorted(events, key=lambda event: event.asked_at):
        who = event.visitor or event.session
        if who not in last or event.asked_at - last[who] > PAUSE_S:
            visits[who] += 1
        last[who] = event.asked_at
    return visits


def _counts(events: Sequence[Event]) -> Iterator[Count]:
    asked = Counter(key for event in events for key in _belongs_to(event))
    answered = Counter(key for event in events if event.answered for key in _belongs_to(event))
    for (dimension, name), questions in asked.items():
        yield Count(
            dimension=dimension,
            name=name,
            questions=questions,
            answered=answered[dimension, name],
        )


def _belongs_to(event: Event) -> Iterator[tuple[Dimension, str]]:
    yield Dimension.CHANNEL, event.channel
    yield Dimension.LATENCY, str(latency_step(event.took_ms))
    if event.host:
        yield Dimension.HOST, event.host
    if event.reason is not None:
        yield Dimension.REASON, event.reason
    for source_id in event.sources:
        yield Dimension.SOURCE, source_id


def _groups(events: Sequence[Event]) -> Iterator[GroupCount]:
    groups: dict[int, list[Event]] = {}
    for event in events:
        if event.group_key is not None:
            groups.setdefault(event.group_key, []).append(event)
    for key, members in groups.items():
        unanswered = [event for event in members if not (event.answered or event.is_closed)]
        yield GroupCount(
            group_key=key,
            questions=len(members),
            answered=sum(event.answered for event in members),
            visitors=_visitors(members),
            open_questions=len(unanswered),
            open_visitors=_visitors(unanswered),
        )


def _visitors(events: Sequence[Event]) -> int:
    return len({event.visitor for event in events if event.visitor})
