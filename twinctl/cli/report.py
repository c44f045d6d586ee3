"""What is known of an audience, as a report: drawn on a terminal, plain elsewhere."""

from collections.abc import Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from twinctl.charts import days_chart
from twinctl.cli.output import Output
from twinctl.cli.shown import wrapped
from twinctl.sections import Section, breakdowns, drawn, never_cited
from twinctl.wording import counted, milliseconds, minute, percent

if TYPE_CHECKING:
    from twinctl.wire.audience import AudienceOut

_WIDEST = 140
_CHART_LINES = 4
_SHOWN = 10
"""Rows of a list; `--json` has all of them."""
_BAR_CELLS = {True: 12, False: 24}
"""The widest bar beside long texts, and beside short ones."""
_ROOM_FOR_BARS = 60


def show_report(output: Output, name: str, audience: "AudienceOut") -> None:
    """Print the report of a twin.

    Args:
        output: Where to.
        name: Of the twin.
        audience: What is known.
    """
    output.line(output.bold(wrapped(output, f"{name}: {_span(audience)}")))
    output.line()
    if not audience.questions:
        output.line("Nothing was asked.")
        return
    if output.is_terminal:
        for line in days_chart(audience.daily, width=_columns(), height=_CHART_LINES):
            output.line(line)
        output.line()
    output.fields(_figures(audience))
    for section in sections(audience):
        if section.rows:
            output.line()
            _show(output, section)
    uncited = never_cited(audience)
    if uncited:
        output.line()
        output.line(wrapped(output, uncited))


def sections(audience: "AudienceOut") -> Iterator[Section]:
    """Yield the lists of the report."""
    yield Section(
        title="Questions, by meaning",
        heads=["ASKED", "ANSWERED", "CHANGE", "QUESTION"],
        rows=[
            (each.count, percent(each.answered, each.count), f"{each.trend:+}", each.question)
            for each in audience.groups
        ],
    )
    yield Section(
        title="Gaps: asked, and refused",
        heads=["REFUSED", "VISITORS", "LAST ASKED", "QUESTION"],
        rows=[
            (each.count, each.visitors, minute(each.last_asked)[:10], each.question)
            for each in audience.gaps
        ],
    )
    yield from breakdowns(audience)


def _figures(audience: "AudienceOut") -> list[tuple[str, object]]:
    """Return the figures of the whole time, by name."""
    days, feedback, latency = audience.daily_visitors, audience.feedback, audience.latency
    answered = f"{audience.answered} ({percent(audience.answered, audience.questions)})"
    rated = f"{feedback.up} up, {feedback.down} down" if feedback.up or feedback.down else None
    visitors = f"{sum(days) / len(days):.1f} on average, at most {max(days)}"
    visitors = visitors if any(days) else "none"
    waited = None
    if latency.p50_ms is not None and latency.p95_ms is not None:
        waited = f"{milliseconds(latency.p50_ms)}, 95 % within {milliseconds(latency.p95_ms)}"
    return [
        ("questions", f"{audience.questions}, at most {_busiest(audience)} a day"),
        ("answered", answered),
        ("daily visitors", visitors),
        ("sessions", audience.sessions),
        ("came back", counted(audience.returning, "time") + " within a day"),
        ("rated", rated),
        ("answers took", waited),
    ]


def _busiest(audience: "AudienceOut") -> int:
    return max(day.questions for day in audience.daily)


def _span(audience: "AudienceOut") -> str:
    if audience.days == 1:
        return "today"
    first, last = audience.daily[0].day, audience.daily[-1].day
    return f"the last {audience.days} days, {first:%d %b} to {last:%d %b %Y}"


def _columns() -> int:
    return min(get_terminal_size().columns, _WIDEST)


def _show(output: Output, section: Section) -> None:
    """Print a list: aligned columns, and on a terminal a bar for each count."""
    output.line(output.bold(section.title))
    if not output.is_terminal:
        output.table(section.heads, section.rows)
        return
    _draw(output, section)
    if len(section.rows) > _SHOWN:
        output.line(output.dim(f"and {len(section.rows) - _SHOWN} more"))


def _draw(output: Output, section: Section) -> None:
    width = _columns()
    cells = _BAR_CELLS[section.is_long] if width >= _ROOM_FOR_BARS else 0
    head, *lines = drawn(section, rows=_SHOWN, width=width, bar_cells=cells)
    output.line(output.dim(head))
    for line in lines:
        output.line(line)
