"""Spreadsheets (Excel of all ages, OpenDocument): a heading and a table for each sheet."""

from datetime import datetime, time
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import encrypted
from twind.ingest.extract.ooxml import core_properties, is_text_part
from twind.ingest.extract.rows import row_lines

_ZIP = b"PK"


def extract(data: bytes) -> Document:
    """Return the sheets in order; a row is a line, each value with the name of its column."""
    archive = Archive(data) if data.startswith(_ZIP) else None
    if archive:
        archive.check_size(is_text_part)
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


def _shown(cell: object) -> str:
    """Return a value as a reader would write it: whole numbers and days without fractions."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return " ".join(str(cell).split())
