"""Reports of an audience, made up."""

from datetime import date, timedelta

from twinctl.wire.audience import (
    AudienceOut,
    ChannelOut,
    CitedOut,
    CitedSources,
    DayOut,
    FeedbackCounts,
    HostOut,
    LatencyOut,
    ReasonOut,
)

FIRST = date(2026, 5, 1)


def report(*, hosts: int = 7, never: int = 3) -> AudienceOut:
    """Return a report of thirty days and a hundred questions, some asked on pages of hosts."""
    sources = [
        CitedOut(source_id=f"src_{n}", title=f"Text {n}", uri=f"text:{n}", count=20 - n)
        for n in range(7)
    ]
    daily = [
        DayOut(day=FIRST + timedelta(n), questions=n, answered=n, visitors=1, sessions=1)
        for n in range(30)
    ]
    return AudienceOut(
        days=len(daily),
        questions=100,
        answered=70,
        answered_rate=0.7,
        sessions=40,
        daily_visitors=[day.visitors for day in daily],
        returning=4,
        feedback=FeedbackCounts(up=3, down=1),
        latency=LatencyOut(p50_ms=90.0, p95_ms=1500.0),
        refusals=[
            ReasonOut(reason="no_evidence", count=28),
            ReasonOut(reason="no_sources", count=2),
        ],
        daily=daily,
        groups=[],
        gaps=[],
        sources=CitedSources(most=sources, never=sources[:never], never_total=never),
        channels=[
            ChannelOut(channel="widget", count=60, answered=45),
            ChannelOut(channel="chat", count=40, answered=25),
        ],
        hosts=[HostOut(host=f"site-{n}.example", count=30 - n, answered=9) for n in range(hosts)],
    )
