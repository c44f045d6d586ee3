"""From pieces of text that lie on a page to its lines, in the order in which one reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from twind.ingest.extract.lines import Line

_SAME_ROW = 0.5
_LONG_CHARACTERS = 20


def in_reading_order(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a page, those of a column before those of the next.

    Pieces that stand side by side are columns where they are long, and cells of a row where they
    are short. A page with columns is cut in two, between columns or else at the widest space
    between rows, and so are its parts (the recursive X-Y cut of Nagy and Seth, 1984).
    """
    rows = list(_rows(pieces))
    if not any(map(_is_parted, rows)):
        yield from map(_joined, rows)
    elif parts := _columns(pieces):
        for part in parts:
            yield from in_reading_order(part)
    elif len(rows) > 1:
        at = _widest_space(rows)
        for half in (rows[:at], rows[at:]):
            yield from in_reading_order([piece for row in half for piece in row])
    else:
        yield from rows[0]


def _rows(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the pieces that stand on one baseline, from the left, beginning at the top."""
    row: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        if row and row[0].baseline - piece.baseline > _SAME_ROW * row[0].size:
            yield sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda piece: piece.left)


def _is_parted(row: Sequence[Line]) -> bool:
    return sum(len(piece.text) >= _LONG_CHARACTERS for piece in row) > 1


def _joined(row: Sequence[Line]) -> Line:
    """Return the pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    return replace(
        row[-1],
        text=" ".join(piece.text for piece in row),
        left=row[0].left,
        right=max(piece.right for piece in row),
        size=max(piece.size for piece in row),
    )


def _columns(pieces: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Part the pieces at a white strip that runs down between long lines on both sides."""
    reached = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.left):
        left = [other for other in pieces if other.right <= reached]
        if left and piece.left > reached:
            right = [other for other in pieces if other.left >= piece.left]
            if all(_is_prose(side) for side in (left, right)):
                return left, right
        reached = max(reached, piece.right)
    return None


def _is_prose(pieces: Sequence[Line]) -> bool:
    return median(len(piece.text) for piece in pieces) >= _LONG_CHARACTERS


def _widest_space(rows: Sequence[Sequence[Line]]) -> int:
    """Return the row below the widest space between two rows."""
    spaces = [above[0].baseline - below[0].baseline for above, below in pairwise(rows)]
    return 1 + spaces.index(max(spaces))
