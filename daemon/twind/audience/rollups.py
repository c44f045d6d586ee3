"""The figures of a day, made of all its events: always the same, whatever was there before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from twind.domain.metrics import (
    Count,
    DayFigures,
    Dimension,
    Event,
    Rating,
    Rollup,
    latency_step,
)

PAUSE_S = 30 * 60
"""Who asks nothing for so long and then asks again has come again."""


@dataclass(slots=True)
class _Sum:
    """What a `Count` is made of."""

    questions: int = 0
    answered: int = 0
    visitors: set[str] = field(default_factory=set)


def roll_up(events: Sequence[Event]) -> Rollup:
    """Return the figures of the events of a day, whatever their order."""
    visits = _visits(events)
    visitors = {event.visitor for event in events if event.visitor}
    figures = DayFigures(
        questions=len(events),
        answered=sum(event.answered for event in events),
        visitors=len(visitors),
        came_again=sum(visits[visitor] > 1 for visitor in visitors),
        sessions=visits.total(),
        up=sum(event.rating is Rating.UP for event in events),
        down=sum(event.rating is Rating.DOWN for event in events),
    )
    return Rollup(figures=figures, counts=tuple(_counts(events)))


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
    sums: dict[tuple[Dimension, str], _Sum] = {}
    for event in events:
        for key in _belongs_to(event):
            one = sums.setdefault(key, _Sum())
            one.questions += 1
            one.answered += event.answered
            if event.visitor:
                one.visitors.add(event.visitor)
    for (dimension, name), one in sums.items():
        yield Count(
            dimension=dimension,
            name=name,
            questions=one.questions,
            answered=one.answered,
            visitors=len(one.visitors),
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
    if event.group_id is not None:
        yield Dimension.GROUP, event.group_id
        if not event.answered and not event.is_closed:
            yield Dimension.GAP, event.group_id
