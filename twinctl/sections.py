"""What is counted of an audience, as lists that are drawn on a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twinctl.cells import cut, printable
from twinctl.charts import bar
from twinctl.wording import counted, percent, refused_for

if TYPE_CHECKING:
    from twinctl.wire.audience import AudienceOut

_NAMED = 10
"""Sources without citations that are told by their titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list of what was counted, the largest first; each row is a count, facts and a text."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    is_long: bool = True


def breakdowns(audience: "AudienceOut") -> Iterator[Section]:
    """Yield what the questions came to, how they came, and what answers rest on."""
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


def drawn(section: Section, *, rows: int, width: int, bar_cells: int) -> list[str]:
    """Return the first rows of a list below its heads, each count with a bar.

    Args:
        section: Has at least one row.
        rows: Rows at most.
        width: In cells; longer texts are cut.
        bar_cells: Of the longest bar; 0 for none.
    """
    most = max(int(row[0]) for row in section.rows)
    *heads, head = section.heads
    shown = section.rows[:rows]
    lines = [heads, *([str(value) for value in row[:-1]] for row in shown)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [head, *(" ".join(printable(str(row[-1])).split()) for row in shown)]
    bars = ["", *(bar(int(row[0]), most, bar_cells) if bar_cells else "" for row in shown)]
    return [
        _line(line, widths, bars[at].ljust(bar_cells), text=texts[at], width=width)
        for at, line in enumerate(lines)
    ]


def never_cited(audience: "AudienceOut") -> str:
    """Return which sources no answer cites, as a sentence; empty if there are none."""
    total, never = audience.sources.never_total, audience.sources.never[:_NAMED]
    if not total:
        return ""
    named = ", ".join(printable(each.title) for each in never)
    more = f" and {total - len(never)} more" if total > len(never) else ""
    return f"Never cited: {counted(total, 'source')}: {named}{more}."


def _line(
    cells: Sequence[str], widths: Sequence[int], bar_drawn: str, *, text: str, width: int
) -> str:
    count, *facts = (cell.rjust(at) for cell, at in zip(cells, widths, strict=True))
    start = "  ".join([count, *([bar_drawn] if bar_drawn else []), *facts]) + "  "
    return start + cut(text, width - len(start))
