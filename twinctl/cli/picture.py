"""What progress looks like: a bar for all, what is known of it in words, and running jobs."""

from collections.abc import Iterable
from dataclasses import dataclass

from twinctl.cells import elided, padded

_WIDEST_BAR = 40
_NARROWEST_BAR = 6
_WIDEST_NAME = 32
_COUNT = 11
_GAP = "  "
_PULSE = 5
_PULSES_S = 8.0
"""Cells that the bar of something without an end in sight moves on in a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that comes along.

    Without a total nobody knows how far it is; that, and what has yet to begin, shows as a pulse.
    """

    name: str
    done: float
    total: int | None
    state: str = ""

    @property
    def count(self) -> str:
        """What stands behind the bar."""
        return self.state or (f"{int(self.done)}/{self.total}" if self.total else "")


def bar_line(bar: Bar, columns: int, at_s: float) -> str:
    """Return a bar between its name and its count, in less than `columns` cells.

    Args:
        bar: What is shown.
        columns: Width of the terminal.
        at_s: Time of a steady clock, by which a pulse moves.
    """
    room = columns - 1 - _COUNT - len(_GAP)
    name_cells = min(_WIDEST_NAME, columns // 3)
    bar_cells = min(_WIDEST_BAR, room - name_cells - len(_GAP))
    if bar_cells >= _NARROWEST_BAR:
        parts = [padded(bar.name, name_cells), _drawn(bar, bar_cells, at_s)]
    else:
        parts = [padded(bar.name, max(room, 0))]
    return elided(_GAP.join([*parts, bar.count]).rstrip(), columns - 1)


def facts_line(facts: Iterable[str], columns: int) -> str:
    """Return facts, the most telling first; those that do not fit are left out."""
    line = ""
    for fact in facts:
        longer = f"{line}, {fact}" if line else f"  {fact}"
        if len(longer) >= columns:
            break
        line = longer
    return line


def _drawn(bar: Bar, cells: int, at_s: float) -> str:
    if bar.total and bar.done:
        full = int(cells * min(bar.done / bar.total, 1.0))
        return "█" * full + "░" * (cells - full)
    span = cells - _PULSE
    step = int(at_s * _PULSES_S) % (2 * span)
    before = min(step, 2 * span - step)
    return "░" * before + "█" * _PULSE + "░" * (span - before)
