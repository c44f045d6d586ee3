"""Comma-separated values, whatever they are separated by."""

import csv
from collections.abc import Iterator

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.rows import row_lines

_SAMPLE_CHARACTERS = 20_000
_DELIMITERS = ",;\t|"
_MAX_CELL_CHARACTERS = 10_000_000


def extract(data: bytes) -> Document:
    """Return one table, a line a row, each value with the name of its column."""
    builder = DocumentBuilder()
    rows = list(_rows(decode(data)))
    builder.add("\n".join(row_lines(rows)), BlockKind.TABLE)
    return builder.build()


def _rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MAX_CELL_CHARACTERS)
    lines = text.splitlines(keepends=True)
    for row in csv.reader(lines, delimiter=_delimiter(text[:_SAMPLE_CHARACTERS])):
        yield [" ".join(cell.split()) for cell in row]


def _delimiter(sample: str) -> str:
    """Return the delimiter that parts most lines into the same number of cells."""
    lines = [line for line in sample.splitlines() if line.strip()]
    return max(_DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> float:
    counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    usual = max(set(counts), key=counts.count, default=1)
    return counts.count(usual) / len(counts) if usual > 1 else 0.0
