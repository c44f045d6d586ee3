"""From the lines of a printed page to paragraphs and tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise, takewhile
from statistics import median

from twind.domain.documents import BlockKind

_NUMBER = re.compile(r"^[($€£¥+\-\u2212]*\d[\d,.]*[%)xX]*$|^[\u2014\u2013-]$|^[$€£¥%]$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_BULLET = re.compile(r"^(?:[•▪●◦‣■□*\u2013\uf0b7-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+\S")
_END = re.compile(r"[.!?:;\u3002\uff01\uff1f][)\]\"'\u201d\u2019]*$")
_FULL = 0.8
_MAX_ROW_WORDS = 8
_MIN_LISTED = 3
_MAX_BETWEEN = 3
_MAX_TITLES = 12
_MIN_FULL_CHARACTERS = 30
_AROUND = 3
_SAME_LEFT = 3
_SAME_SIZE = 0.1
_SAME_GAP = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as it is printed; lengths are points, `baseline` counts up from the foot.

    `is_broken` says that a hyphen, which is not in the text, breaks its last word.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_broken: bool = False


class _Shape(Enum):
    """What a line looks like."""

    ROW = "row"
    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    line: Line
    shape: _Shape
    kind: BlockKind


def page_blocks(lines: Sequence[Line]) -> Iterator[tuple[BlockKind, list[Line]]]:
    """Yield kind and lines of the blocks of a page, in reading order.

    Lines that fill their column belong to one paragraph with the next. Lines that end in numbers,
    and short ones below each other that hold numbers, are rows; a few lines between rows, and
    short ones above them, belong to their table.
    """
    run: list[_Placed] = []
    leading = _leading(lines)
    for placed in _placed(lines):
        if run and not _belongs(run, placed, leading):
            yield run[0].kind, [member.line for member in run]
            run = []
        run.append(placed)
    if run:
        yield run[0].kind, [member.line for member in run]


def _placed(lines: Sequence[Line]) -> Iterator[_Placed]:
    shapes = _with_listed([_shape(line, _edge(lines, at)) for at, line in enumerate(lines)], lines)
    for line, shape, in_table in zip(lines, shapes, _in_table(shapes), strict=True):
        kind = BlockKind.TABLE if in_table else BlockKind.PARAGRAPH
        yield _Placed(line=line, shape=shape, kind=kind)


def _with_listed(shapes: Sequence[_Shape], lines: Sequence[Line]) -> list[_Shape]:
    """Return the shapes with those lines as rows that hold numbers, several below each other.

    A single one, such as "Repair 120 by arrangement", may as well be a line of a sentence.
    """
    listed = [
        shape is _Shape.ROW or _lists(line.text) for shape, line in zip(shapes, lines, strict=True)
    ]
    told = list(shapes)
    for is_listed, run in groupby(range(len(lines)), key=listed.__getitem__):
        places = list(run)
        if is_listed and len(places) >= _MIN_LISTED:
            told[places[0] : places[-1] + 1] = [_Shape.ROW] * len(places)
    return told


def _lists(text: str) -> bool:
    """Say whether a short line begins with a capital and tells a number of it, without an end."""
    words = text.split()
    is_short = len(words) <= _MAX_ROW_WORDS and not _END.search(text)
    told = (word for word in words[1:] if _NUMBER.match(word) and not _YEAR.match(word))
    return is_short and text[:1].isupper() and any(told)


def _belongs(run: Sequence[_Placed], after: _Placed, leading: float) -> bool:
    """Say whether a line continues the block that ends in the run."""
    before = run[-1]
    if after.kind is not before.kind:
        return False
    if after.kind is BlockKind.TABLE or before.line.is_broken:
        return True
    if before.shape is not _Shape.FULL or _BULLET.match(after.line.text):
        return False
    return _runs_on(before.line, after.line, leading, is_first=len(run) == 1)


def _runs_on(before: Line, after: Line, leading: float, *, is_first: bool) -> bool:
    """Say whether lines of one size follow each other at the usual distance, none indented.

    Below the first line of a block a line may hang to the right. A line that is not below the
    other begins a column; a sentence may run on there.
    """
    if abs(before.size - after.size) > _SAME_SIZE * max(before.size, after.size):
        return False
    gap = before.baseline - after.baseline
    if gap <= 0:
        return after.text[0].islower() and not _END.search(before.text)
    is_indented = not is_first and after.left > before.left + before.size
    return gap <= _SAME_GAP * leading and not is_indented


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance from a line to the next."""
    gaps = [before.baseline - after.baseline for before, after in pairwise(lines)]
    return median([gap for gap in gaps if gap > 0] or [0.0])


def _in_table(shapes: Sequence[_Shape]) -> list[bool]:
    """Mark rows that stand near each other, what is between them, and their short titles."""
    marks = [False] * len(shapes)
    rows = [at for at, shape in enumerate(shapes) if shape is _Shape.ROW]
    for row, following in pairwise(rows):
        between = shapes[row + 1 : following]
        if len(between) <= _MAX_BETWEEN and between.count(_Shape.FULL) <= 1:
            marks[row : following + 1] = [True] * (following + 1 - row)
    for first in [at for at in rows if marks[at] and not (at and marks[at - 1])]:
        above = first - 1
        while above >= max(0, first - _MAX_TITLES) and shapes[above] is _Shape.SHORT:
            marks[above] = True
            above -= 1
    return marks


def _shape(line: Line, edge: float) -> _Shape:
    if _is_row(line.text):
        return _Shape.ROW
    is_full = line.right - line.left >= _FULL * (edge - line.left)
    return _Shape.FULL if is_full and len(line.text) >= _MIN_FULL_CHARACTERS else _Shape.SHORT


def _is_row(text: str) -> bool:
    """Say whether a line ends in several numbers, or is short and ends in one, but no year."""
    words = text.split()
    numbers = len(list(takewhile(_NUMBER.match, reversed(words))))
    if numbers != 1:
        return numbers > 1
    return len(words) <= _MAX_ROW_WORDS and not _YEAR.match(words[-1])


def _edge(lines: Sequence[Line], at: int) -> float:
    """Return how far the lines around one reach that begin at about the same place."""
    near = lines[max(0, at - _AROUND) : at + _AROUND + 1]
    left = lines[at].left
    return max(line.right for line in near if abs(line.left - left) <= _SAME_LEFT * line.size)
