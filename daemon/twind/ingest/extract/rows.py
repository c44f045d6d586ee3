"""From rows of cells to lines that can be understood one by one."""

import re
from collections.abc import Iterator, Sequence

Row = Sequence[str]
_NUMBER = re.compile(r"^[^\w]*[\d.,:/%\s-]+[^\w]*$")
_MIN_HEADER = 2


def row_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a line a row: `header: value` pairs under a header row, plain cells without one.

    A few titled lines may stand above the header row; they stay as they are.
    """
    filled = [row for row in rows if any(row)]
    at = _header_at(filled)
    if at is None:
        yield from map(_plain, filled)
        return
    yield from map(_plain, filled[:at])
    header = filled[at]
    if at == len(filled) - 1:
        yield _plain(header)
    for row in filled[at + 1 :]:
        yield _labelled(header, row)


def _header_at(rows: Sequence[Row]) -> int | None:
    """Return the first row that fills nearly its width with different names, no numbers."""
    width = max((_filled(row) for row in rows), default=0)
    for at, row in enumerate(rows):
        if _filled(row) >= max(_MIN_HEADER, 0.75 * width):
            names = [cell for cell in row if cell]
            unlike = len(set(names)) == len(names)
            return at if unlike and not any(map(_NUMBER.match, names)) else None
    return None


def _labelled(header: Row, row: Row) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    pairs = zip(names, row, strict=False)
    return " | ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)


def _plain(row: Row) -> str:
    return " | ".join(cell for cell in row if cell)


def _filled(row: Row) -> int:
    return sum(map(bool, row))
