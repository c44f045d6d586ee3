"""What an audience asked and what became of it, added up from the figures of days."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from heapq import nlargest

from twind.audience.backlog import Backlog
from twind.domain.metrics import (
    DayFigures,
    Dimension,
    Group,
    GroupCount,
    OpenQuestion,
    Total,
    day_of,
    step_ms,
)
from twind.domain.sources import Source
from twind.store.store import Tenant

_PATIENCE_S = 1.0
"""How long a report waits for questions that were just asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The last days of a twin, today among them.

    Attributes:
        tenant: Whose twin it is.
        twin_id: The twin.
        first: First day.
        last: Last day, which is today.
    """

    tenant: Tenant
    twin_id: str
    first: int
    last: int

    @property
    def days(self) -> range:
        """All days, oldest first."""
        return range(self.first, self.last + 1)

    def totals(self, dimension: Dimension) -> tuple[Total, ...]:
        """Return what the questions have in common, the most frequent first."""
        return self.tenant.figures.totals(self.twin_id, dimension, self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of a period.

    Attributes:
        total: Of all days; its visitors are those of each day.
        daily: Of each day, also of those on which nothing was asked.
        p50_ms: Half of the answers took at most so long; None where nothing was asked.
        p95_ms: As many as 95 of a hundred took at most so long.
    """

    total: DayFigures
    daily: Mapping[int, DayFigures]
    p50_ms: float | None
    p95_ms: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A group of questions, how often it was asked for, and how often in the period before."""

    group: Group
    count: GroupCount
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A group of questions that were refused, how often, and the last of them."""

    group: Group
    count: GroupCount
    last: OpenQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source and how many answers cite it."""

    source: Source
    count: int


class Reports:
    """Reads the figures of an audience."""

    def __init__(self, backlog: Backlog, clock: Callable[[], float] = time.time) -> None:
        self._backlog = backlog
        self._clock = clock

    def period(self, tenant: Tenant, twin_id: str, days: int) -> Period:
        """Return the last `days` days, once what was asked until now is counted."""
        self._backlog.settle(_PATIENCE_S)
        today = day_of(self._clock())
        return Period(tenant=tenant, twin_id=twin_id, first=today - days + 1, last=today)


def overview(period: Period) -> Overview:
    """Return the figures of a period."""
    known = period.tenant.figures.days(period.twin_id, period.first, period.last)
    steps = sorted(
        (int(total.name), total.questions) for total in period.totals(Dimension.LATENCY)
    )
    return Overview(
        total=_sum(list(known.values())),
        daily={day: known.get(day, DayFigures()) for day in period.days},
        p50_ms=_percentile(steps, 0.5),
        p95_ms=_percentile(steps, 0.95),
    )


def groups(period: Period) -> Sequence[GroupCount]:
    """Return all groups of questions that were asked for."""
    return period.tenant.figures.groups(period.twin_id, period.first, period.last)


def most_asked(period: Period, counts: Sequence[GroupCount], limit: int) -> list[Asking]:
    """Return those of the groups that were asked for most, beside as many days before."""
    most = nlargest(limit, counts, key=lambda count: (count.questions, -count.group_key))
    keys = [count.group_key for count in most]
    known = period.tenant.audience.groups(keys)
    before = period.tenant.figures.asked(
        period.twin_id, keys, 2 * period.first - period.last - 1, period.first - 1
    )
    return [
        Asking(group=known[key], count=count, before=before.get(key, 0))
        for key, count in zip(keys, most, strict=True)
        if key in known
    ]


def gaps(period: Period, counts: Sequence[GroupCount], limit: int) -> list[Gap]:
    """Return those of the groups with open questions, those of the most visitors first."""
    most = nlargest(
        limit,
        (count for count in counts if count.open_questions),
        key=lambda count: (count.open_visitors, count.open_questions, -count.group_key),
    )
    table = period.tenant.audience
    known = table.groups([count.group_key for count in most])
    return [
        Gap(group=group, count=count, last=last)
        for count in most
        if (group := known.get(count.group_key)) is not None
        for last in table.open_questions(group, limit=1)
    ]


def most_cited(period: Period, limit: int) -> list[Cited]:
    """Return the sources that answers cite most; those that were deleted are left out."""
    totals = period.totals(Dimension.SOURCE)
    known = period.tenant.sources.some(total.name for total in totals)
    cited = [
        Cited(source=known[total.name], count=total.questions)
        for total in totals
        if total.name in known
    ]
    return cited[:limit]


def never_cited(period: Period, limit: int) -> tuple[list[Source], int]:
    """Return the oldest live sources that no answer cites, and how many there are in all."""
    ids, count = period.tenant.figures.uncited(period.twin_id, period.first, period.last, limit)
    return list(period.tenant.sources.some(ids).values()), count


def _sum(days: Sequence[DayFigures]) -> DayFigures:
    names = [field.name for field in fields(DayFigures)]
    return DayFigures(**{name: sum(getattr(day, name) for day in days) for name in names})


def _percentile(steps: Sequence[tuple[int, int]], share: float) -> float | None:
    """Return the latency of the step that the answer at a share of all of them lies in."""
    wanted = share * sum(count for _, count in steps)
    for step, count in steps:
        wanted -= count
        if wanted <= 0:
            return round(step_ms(step), 1)
    return None
