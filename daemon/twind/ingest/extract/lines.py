"""From the lines of a printed page to paragraphs and tables."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise

from twind.domain.documents import BlockKind

_NUMBER = re.compile(r"^[($€£¥+\-\u2212]*\d[\d,.]*[%)xX]*$|^[\u2014\u2013-]$|^[$€£¥%]$")
_BULLET = re.compile(r"^(?:[•▪●◦‣■□*\u2013\uf0b7-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s+\S")
_END = re.compile(r"[.!?:;\u3002\uff01\uff1f][)\]\"'\u201d\u2019]*$")
_FULL = 0.7
_MAX_ROW_WORDS = 8
_MAX_BETWEEN = 2
_MAX_TITLES = 4


class _Shape(Enum):
    """What a line looks like."""

    ROW = "row"
    SHORT = "short"
    FULL = "full"


def page_blocks(lines: Sequence[str]) -> Iterator[tuple[BlockKind, str]]:
    """Yield kind and text of the blocks of a page.

    Lines that fill the width are joined to paragraphs. Lines that end in numbers are rows and
    stay lines; a few lines between rows, and short ones above them, belong to their table.
    """
    width = _width(lines)
    shapes = [_shape(line, width) for line in lines]
    marked = zip(_in_table(shapes), zip(shapes, lines, strict=True), strict=True)
    for is_table, group in groupby(marked, key=lambda item: item[0]):
        chosen = [pair for _, pair in group]
        if is_table:
            yield BlockKind.TABLE, "\n".join(line for _, line in chosen)
        else:
            for paragraph in _paragraphs(chosen):
                yield BlockKind.PARAGRAPH, paragraph


def _in_table(shapes: Sequence[_Shape]) -> list[bool]:
    """Mark rows that stand near each other, what is between them, and their short titles."""
    marks = [False] * len(shapes)
    rows = [at for at, shape in enumerate(shapes) if shape is _Shape.ROW]
    for row, following in pairwise(rows):
        if following - row <= _MAX_BETWEEN + 1:
            marks[row : following + 1] = [True] * (following + 1 - row)
    for first in [at for at in rows if marks[at] and not (at and marks[at - 1])]:
        above = first - 1
        while above >= max(0, first - _MAX_TITLES) and shapes[above] is _Shape.SHORT:
            marks[above] = True
            above -= 1
    return marks


def _paragraphs(pairs: list[tuple[_Shape, str]]) -> Iterator[str]:
    held = ""
    open_ended = False
    for shape, line in pairs:
        if held and (not open_ended or _BULLET.match(line)):
            yield held
            held = ""
        held = f"{held} {line}" if held else line
        open_ended = shape is _Shape.FULL
    if held:
        yield held


def _shape(line: str, width: int) -> _Shape:
    words = line.split()
    numbers = 0
    for word in reversed(words):
        if not _NUMBER.match(word):
            break
        numbers += 1
    if numbers > 1 or (numbers == 1 and len(words) <= _MAX_ROW_WORDS and not _END.search(line)):
        return _Shape.ROW
    return _Shape.FULL if len(line) >= _FULL * width else _Shape.SHORT


def _width(lines: Sequence[str]) -> int:
    """Return the usual length of a full line: the ninth decile."""
    lengths = sorted(map(len, lines))
    return max(lengths[int(0.9 * (len(lengths) - 1))], 30) if lengths else 30
