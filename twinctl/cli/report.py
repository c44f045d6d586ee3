"""What is known of an audience, as a report: drawn on a terminal, plain elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from twinctl.cells import cut, printable
from twinctl.charts import bar, days_chart
from twinctl.cli.output import Output
from twinctl.cli.shown import wrapped
from twinctl.wording import counted, milliseconds, minute, percent, refused_for

if TYPE_CHECKING:
    from twinctl.wire.audience import AudienceOut

_WIDEST = 140
_CHART_LINES = 4
_SHOWN = 10
"""Rows of a list; `--json` has all of them."""
_BAR_CELLS = {True: 12, False: 24}
"""The widest bar beside long texts, and beside short ones."""
_ROOM_FOR_BARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list of what was counted, the largest first; each row is a count, facts and a text."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    is_long: bool = True


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
    _show_uncited(output, audience)


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
    yield Section(
        title="Why questions were refused",
        heads=["COUNT", "REASON"],
        rows=[(each.count, refused_for(each.reason)) for each in audience.refusals],
        is_long=False,
    )
    yield Section(
        title="Ways they came",
        heads=["ASKED", "ANSWERED", "CHANNEL"],
        rows=[
            (each.count, percent(each.answered, each.count), each.channel)
            for each in audience.channels
        ],
        is_long=False,
    )
    yield Section(
        title="Pages they were asked on",
        heads=["ASKED", "ANSWERED", "HOST"],
        rows=[
            (each.count, percent(each.answered, each.count), each.host) for each in audience.hosts
        ],
        is_long=False,
    )
    yield Section(
        title="Sources, by answers that cite them",
        heads=["CITED", "SOURCE"],
        rows=[(each.count, each.title) for each in audience.sources.most],
    )


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
    rows = section.rows[:_SHOWN]
    if output.is_terminal:
        _draw(output, section, rows)
    else:
        output.table(section.heads, section.rows)
    if output.is_terminal and len(section.rows) > len(rows):
        output.line(output.dim(f"and {len(section.rows) - len(rows)} more"))


def _draw(output: Output, section: Section, rows: Sequence[Sequence[str | int]]) -> None:
    width = _columns()
    cells = _BAR_CELLS[section.is_long] if width >= _ROOM_FOR_BARS else 0
    most = max(int(row[0]) for row in section.rows)
    *heads, head = section.heads
    lines = [[str(value) for value in row[:-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    texts = [" ".join(printable(str(row[-1])).split()) for row in rows]
    for number, (line, text) in enumerate(zip([heads, *lines], [head, *texts], strict=True)):
        count, *facts = (cell.rjust(at) for cell, at in zip(line, widths, strict=True))
        drawn = bar(int(rows[number - 1][0]), most, cells) if number else ""
        start = "  ".join([count, *([drawn.ljust(cells)] if cells else []), *facts]) + "  "
        shown = start + cut(text, width - len(start))
        output.line(shown if number else output.dim(shown))


def _show_uncited(output: Output, audience: "AudienceOut") -> None:
    total, never = audience.sources.never_total, audience.sources.never
    if not total:
        return
    named = ", ".join(printable(each.title) for each in never[:_SHOWN])
    more = f" and {total - len(never[:_SHOWN])} more" if total > _SHOWN else ""
    output.line()
    output.line(wrapped(output, f"Never cited: {counted(total, 'source')}: {named}{more}."))
