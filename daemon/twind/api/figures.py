"""Figures of an audience as they travel."""

from datetime import UTC, datetime

from twinctl.wire.audience import (
    AudienceOut,
    ChannelOut,
    CitedOut,
    CitedSources,
    DailyOut,
    DashboardOut,
    DayOut,
    FeedbackCounts,
    GapOut,
    GroupOut,
    HostOut,
    LatencyOut,
    ReasonOut,
)
from twind.audience import reports
from twind.audience.reports import Asking, Gap, Overview, Period
from twind.domain.metrics import SECONDS_A_DAY, DayFigures, Dimension
from twind.domain.sources import Source
from twind.serving.times import moment

MOST_GROUPS = 20
MOST_SOURCES = 20
MOST_HOSTS = 20


def audience_out(period: Period) -> AudienceOut:
    """Return everything about an audience."""
    overview, groups = reports.overview(period), reports.groups(period)
    return AudienceOut(
        **dict(dashboard_out(overview)),
        refusals=[
            ReasonOut(reason=total.name, count=total.questions)
            for total in period.totals(Dimension.REASON)
        ],
        daily=daily_out(overview).days,
        groups=[group_out(asking) for asking in reports.most_asked(period, groups, MOST_GROUPS)],
        gaps=[_gap_out(gap) for gap in reports.gaps(period, groups, MOST_GROUPS)],
        sources=_sources_out(period),
        channels=[
            ChannelOut(channel=total.name, count=total.questions, answered=total.answered)
            for total in period.totals(Dimension.CHANNEL)
        ],
        hosts=[
            HostOut(host=total.name, count=total.questions, answered=total.answered)
            for total in period.totals(Dimension.HOST)[:MOST_HOSTS]
        ],
    )


def dashboard_out(overview: Overview) -> DashboardOut:
    """Return the figures of a period."""
    total = overview.total
    return DashboardOut(
        days=len(overview.daily),
        questions=total.questions,
        answered=total.answered,
        answered_rate=round(total.answered / total.questions, 4) if total.questions else None,
        sessions=total.sessions,
        daily_visitors=[figures.visitors for figures in overview.daily.values()],
        returning=total.came_again,
        feedback=FeedbackCounts(up=total.up, down=total.down),
        latency=LatencyOut(p50_ms=overview.p50_ms, p95_ms=overview.p95_ms),
    )


def daily_out(overview: Overview) -> DailyOut:
    """Return the figures of a period day by day."""
    return DailyOut(days=[_day_out(day, figures) for day, figures in overview.daily.items()])


def group_out(asking: Asking) -> GroupOut:
    """Return a group of questions."""
    return GroupOut(
        id=asking.group.id,
        question=asking.group.question,
        count=asking.count.questions,
        answered=asking.count.answered,
        visitors=asking.count.visitors,
        trend=asking.count.questions - asking.before,
    )


def _day_out(day: int, figures: DayFigures) -> DayOut:
    return DayOut(
        day=datetime.fromtimestamp(day * SECONDS_A_DAY, UTC).date(),
        questions=figures.questions,
        answered=figures.answered,
        visitors=figures.visitors,
        sessions=figures.sessions,
    )


def _gap_out(gap: Gap) -> GapOut:
    return GapOut(
        id=gap.group.id,
        question=gap.group.question,
        count=gap.count.open_questions,
        visitors=gap.count.open_visitors,
        reason=gap.last.reason,
        last_asked=moment(gap.last.asked_at),
    )


def _sources_out(period: Period) -> CitedSources:
    never, never_total = reports.never_cited(period, MOST_SOURCES)
    return CitedSources(
        most=[
            _cited_out(cited.source, cited.count)
            for cited in reports.most_cited(period, MOST_SOURCES)
        ],
        never=[_cited_out(source, 0) for source in never],
        never_total=never_total,
    )


def _cited_out(source: Source, count: int) -> CitedOut:
    return CitedOut(source_id=source.id, title=source.title, uri=source.uri, count=count)
