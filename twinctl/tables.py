"""Tables in the text of an answer: rows below one another, their cells parted by bars."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

Row = list[str]

_BAR = " | "
_EDGE = "|"
_RULE = re.compile(r"[\s|:-]*--[\s|:-]*")
_FEWEST_ROWS = 2


def is_row(line: str) -> bool:
    """Tell whether a line looks like a row of a table, or the rule below its first one."""
    line = line.strip()
    return _BAR in line or line.startswith(_EDGE)


def table_of(lines: Sequence[str]) -> list[Row] | None:
    """Return the cells of each row; None where lines are no table whose columns are known.

    Bars at the edges and a rule may be there or not. Where an empty cell is not written, rows of
    unequal length do not tell which one it was.

    >>> table_of(["part | measure", "batter | 1 in 8 [1]"])
    [['part', 'measure'], ['batter', '1 in 8 [1]']]
    """
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
    is_even = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return rows if is_even and len(rows) >= _FEWEST_ROWS else None


def _cells(line: str) -> Row:
    inner = line.strip().removeprefix(_EDGE).removesuffix(_EDGE)
    return [cell.strip() for cell in inner.split(_BAR)]


def with_tables(text: str) -> str:
    """Return an answer with its tables as Markdown has them, parted from what is around them."""
    return "\n".join(line for part in _parts(text) for line in _in_markdown(part))


def on_one_line(text: str) -> str:
    r"""Return a quote on one line; of a table the cells, without what draws it.

    >>> on_one_line("| part | measure |\n| --- | --- |\n| width | 70 cm |")
    'part | measure / width | 70 cm'
    """
    parts = (part if isinstance(part, str) else _flat(part) for part in _parts(text))
    return " ".join(" ".join(parts).split())


def _parts(text: str) -> Iterator[str | list[Row]]:
    """Yield the lines of a text, those of a table as its rows."""
    for are_rows, run in groupby(text.split("\n"), key=is_row):
        lines = list(run)
        rows = table_of(lines) if are_rows else None
        if rows is None:
            yield from lines
        else:
            yield rows


def _flat(rows: Sequence[Row]) -> str:
    return " / ".join(_BAR.join(row) for row in rows)


def _in_markdown(part: str | Sequence[Row]) -> Iterator[str]:
    if isinstance(part, str):
        yield part
        return
    head, *body = ([re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row] for row in part)
    yield ""
    for row in (head, ["---"] * len(head), *body):
        yield f"| {_BAR.join(row)} |"
    yield ""
