"""Numbers drawn with block characters: bars, and columns over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

_LEVELS = "▁▂▃▄▅▆▇█"
_PARTS = " ▏▎▍▌▋▊▉"
_EIGHTHS = 8
_NONE = " "
_WIDEST_WITHOUT_GAP = 2

Value = float | None
"""A number of at least 0; None where there is nothing to show."""


def bar(value: float, most: float, cells: int) -> str:
    """Return a bar of `cells` cells for `most` and in proportion for less, without space behind.

    What is more than nothing is seen.

    >>> bar(5, 20, 8)
    '██'
    """
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(cells * _EIGHTHS * min(value / most, 1)))
    full, part = divmod(eighths, _EIGHTHS)
    return "█" * full + (_PARTS[part] if part else "")


def columns(values: Sequence[Value], height: int, most: float | None = None) -> list[str]:
    """Return a chart of one column a value, as lines from the top; nothing is a thin line."""
    top = _top(values, most)
    eighths = [_eighths(value, top, height) for value in values]
    return ["".join(_slice(filled, row) for filled in eighths) for row in reversed(range(height))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Values over the same days as those of other tracks.

    Attributes:
        label: Lines that stand before it, at most as many as it is high.
        values: One a day, the newest last.
        weights: What each value counts for where several share a column; None if all alike.
        most: What the height stands for; None for the largest value.
        height: In lines.
    """

    label: Sequence[str]
    values: Sequence[Value]
    weights: Sequence[float] | None = None
    most: float | None = None
    height: int = 1


def timeline(tracks: Sequence[Track], ends: tuple[str, str], width: int) -> list[str]:
    """Return tracks below one another in at most `width` cells, above the names of both ends."""
    margin = max(len(line) for track in tracks for line in track.label) + 1
    lines, drawn = [], 0
    for track in tracks:
        spread = _spread(_condensed(track, width - margin), width - margin)
        drawn = len(spread)
        shown = columns(spread, track.height, track.most)
        labels = [*track.label, *[""] * track.height]
        lines += [
            (label.ljust(margin) + line).rstrip()
            for label, line in zip(labels, shown, strict=False)
        ]
    first, last = ends
    between = max(1, drawn - len(first) - len(last))
    return [*lines, " " * margin + first + " " * between + last]


class Day(Protocol):
    """What was asked on a day."""

    day: date
    questions: int
    answered: int
    visitors: int


def days_chart(days: Sequence[Day], *, width: int, height: int) -> list[str]:
    """Return questions, the answered share of them, and visitors over the days.

    Args:
        days: The oldest first; at least one.
        width: In cells.
        height: Lines of the questions, at least two; the others take one each, and the dates.
    """
    asked = [day.questions for day in days]
    rates = [day.answered / day.questions if day.questions else None for day in days]
    tracks = [
        Track(label=["questions", f"most {max(asked)}"], values=asked, height=height),
        Track(label=["answered"], values=rates, weights=asked, most=1),
        Track(label=["visitors"], values=[day.visitors for day in days]),
    ]
    return timeline(tracks, (f"{days[0].day:%d %b}", f"{days[-1].day:%d %b}"), width)


def _condensed(track: Track, cells: int) -> list[Value]:
    """Return at most `cells` values: means of neighbours, as many as it takes."""
    weights = track.weights or [1] * len(track.values)
    pairs = list(zip(track.values, weights, strict=True))
    step = -(-len(pairs) // max(cells, 1)) or 1
    first = len(pairs) % step or step  # the newest shall stand for as many as the others
    starts = range(first, len(pairs), step)
    return [_mean(pairs[:first]), *(_mean(pairs[at : at + step]) for at in starts)]


def _spread(values: Sequence[Value], cells: int) -> list[Value]:
    """Return each value as often as fits, with gaps between where there is room for them."""
    times = max(1, cells // max(len(values), 1))
    gap: list[Value] = [None] if times > _WIDEST_WITHOUT_GAP else []
    spread = [each for value in values for each in [value] * (times - len(gap)) + gap]
    return spread[: len(spread) - len(gap)]


def _mean(pairs: Sequence[tuple[Value, float]]) -> Value:
    known = [(value, weight) for value, weight in pairs if value is not None and weight > 0]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _top(values: Sequence[Value], most: float | None) -> float:
    return most or max((value for value in values if value is not None), default=0) or 1


def _eighths(value: Value, top: float, height: int) -> int | None:
    if value is None:
        return None
    return max(1, round(height * _EIGHTHS * min(value / top, 1)))


def _slice(filled: int | None, row: int) -> str:
    """Return the cell of a column in a row, counted from below."""
    left = min((filled or 0) - row * _EIGHTHS, _EIGHTHS)
    return _LEVELS[left - 1] if left > 0 else _NONE
