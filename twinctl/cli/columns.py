"""Rows in aligned columns, shortened where a terminal is narrow."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from twinctl.cells import cut, elided

GAP = 2
"""Cells between two columns."""

NARROWEST = 12
"""Cells that a column keeps that is shortened."""


def aligned(rows: Sequence[Sequence[str]], limit: int | None) -> Iterator[str]:
    """Yield each row as a line whose columns stand below one another.

    Args:
        rows: As many cells each, the heads among them.
        limit: Cells of the terminal. The widest columns are shortened until a line fits, but not
            the first, which is what a row is called by; where that is not enough, the last ones
            are left out. None where nothing is shortened.
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    if limit is not None:
        widths = _narrowed(_kept(widths, limit), limit)
    for row in rows:
        cells = (_fitted(cell, width) for cell, width in zip(row, widths, strict=False))
        line = (" " * GAP).join(cells).rstrip()
        yield line if limit is None else cut(line, limit)


def _kept(widths: Sequence[int], limit: int) -> Sequence[int]:
    """Return the widths of the first columns, of as many as a limit has room for."""
    taken = 0
    for at, width in enumerate(widths):
        taken += width if at == 0 else GAP + min(width, NARROWEST)
        if at > 0 and taken > limit:
            return widths[:at]
    return widths


def _narrowed(widths: Sequence[int], limit: int) -> list[int]:
    """Return widths that fit a limit, as far as they may be less, the widest lowered first."""
    narrowed = list(widths)
    excess = sum(widths) + GAP * (len(widths) - 1) - limit
    while excess > 0:
        at = max(range(1, len(narrowed)), key=narrowed.__getitem__, default=0)
        if at == 0 or narrowed[at] <= NARROWEST:
            break
        others = [width for width in narrowed[1:] if width < narrowed[at]]
        lower = max(NARROWEST, max(others, default=0), narrowed[at] - excess)
        lower = min(lower, narrowed[at] - 1)
        excess -= narrowed[at] - lower
        narrowed[at] = lower
    return narrowed


def _fitted(cell: str, width: int) -> str:
    """Return a cell as wide as its column; of a place the end is told, too."""
    is_place = cell.startswith("/") or "://" in cell
    text = elided(cell, width) if is_place else cut(cell, width)
    return text + " " * (width - cell_len(text))
