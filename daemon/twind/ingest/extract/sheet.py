"""Spreadsheets (Excel of all ages, OpenDocument): a heading and a table for each sheet."""

import re
from datetime import datetime, time
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import encrypted, too_large
from twind.ingest.extract.ooxml import core_properties, is_text_part
from twind.ingest.extract.rows import row_lines

MAX_CELLS = 10_000_000
_ZIP = b"PK"
_CELL = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")


def extract(data: bytes) -> Document:
    """Return the sheets in order; a row is a line, each value with the name of its column."""
    archive = Archive(data) if data.startswith(_ZIP) else None
    if archive:
        archive.check_size(is_text_part)
        _check_area(archive)
    builder = DocumentBuilder()
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise encrypted("spreadsheet") from error
    for name in book.sheet_names:
        rows = [[_shown(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows()]
        lines = "\n".join(row_lines(rows))
        if lines:
            builder.add(name, BlockKind.HEADING, level=2)
            builder.add(lines, BlockKind.TABLE)
    return builder.build(**core_properties(archive) if archive else {})


def _check_area(archive: Archive) -> None:
    """Refuse a sheet with cells so far apart that the area between them fills the memory."""
    for name in archive.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            cells = _CELL.findall(archive.read(name) or b"")
            rows = max((int(row) for _, row in cells), default=0)
            columns = max((_column_number(letters) for letters, _ in cells), default=0)
            if rows * columns > MAX_CELLS:
                raise too_large(f"a sheet of {rows} rows and {columns} columns")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _shown(cell: object) -> str:
    """Return a value as a reader would write it: whole numbers and days without fractions."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return " ".join(str(cell).split())
