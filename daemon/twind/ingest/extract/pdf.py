"""PDF: page by page the text layer as PDFium reads it, or what is recognised without one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from itertools import pairwise

import pypdfium2 as pdfium

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.base import (
    Tell,
    corrupt,
    encrypted,
    no_text,
    told_to_nobody,
    too_large,
)
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.decoding import is_junk, normalised
from twind.ingest.extract.lines import Line, page_blocks
from twind.ingest.extract.outline import Outline, outline, sections
from twind.ingest.extract.printed import printed_lines
from twind.ingest.extract.recognition import is_installed, is_picture, recognised_lines
from twind.ingest.extract.titles import real_title

MAX_PAGES = 20_000
_FACTS = ("Title", "Author", "CreationDate")
_SCAN_HINT = (
    "if it is a scan, let its text be recognised: pip install 'twinctl[ocr]', then ingest it again"
)
_BLANK_HINT = "nothing could be recognised in its pages; scan them anew, larger and sharper"
_WORD = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\w+$")
_PAGE_NUMBER = re.compile(r"^\W*\d+\b|\b\d+\W*$")
_REPEATED_ON = 0.6


def extract(data: bytes, tell: Tell = told_to_nobody) -> Document:
    """Return a document with the page of each block; `tell` is called for each page.

    Raises:
        ExtractionFailed: `encrypted` when no empty password opens it, `corrupt`, `no_text` for
            scans, `too_large` above `MAX_PAGES`.
    """
    pages, headings, stated = _read(data, tell)
    builder = DocumentBuilder()
    words = {word for lines in pages for line in lines for word in _WORD.findall(line.text)}
    for number, lines in enumerate(_without_running_lines(pages), start=1):
        for kind, level, block in _blocks(lines, headings.get(number, {})):
            glue = "\n" if kind is BlockKind.TABLE else " "
            builder.add(_joined(block, glue, words), kind, level=level, page=number)
    document = builder.build(
        title=real_title(normalised(stated.get("Title", ""))),
        author=normalised(stated.get("Author", "")).strip(),
        published=iso_date(stated.get("CreationDate")),
        pages=len(pages),
    )
    if not document.text or is_junk(document.text):
        raise no_text("PDF", hint=_BLANK_HINT if is_installed() else _SCAN_HINT)
    return document


def _read(data: bytes, tell: Tell) -> tuple[list[list[Line]], Outline, dict[str, str]]:
    """Return the lines of each page, the outline and what the file states about itself."""
    try:
        pdf = pdfium.PdfDocument(data)
        return list(_pages(pdf, tell)), outline(pdf), _stated(pdf)
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise (encrypted("PDF") if is_locked else corrupt("PDF")) from error


def _stated(pdf: pdfium.PdfDocument) -> dict[str, str]:
    """Return the facts that a file states about itself; what is no text is not stated."""
    stated = {}
    for name in _FACTS:
        with suppress(UnicodeDecodeError):
            stated[name] = pdf.get_metadata_value(name)
    return stated


def _pages(pdf: pdfium.PdfDocument, tell: Tell) -> Iterator[list[Line]]:
    """Yield the lines of each page; a page that cannot be loaded among others has none."""
    if len(pdf) > MAX_PAGES:
        raise too_large(f"a PDF of {len(pdf)} pages")
    failed = 0
    for number in range(len(pdf)):
        tell(number, len(pdf))
        try:
            yield _lines(pdf[number])
        except pdfium.PdfiumError:
            failed += 1
            yield []
    if failed == len(pdf):
        raise corrupt("PDF")


def _lines(page: pdfium.PdfPage) -> list[Line]:
    textpage = page.get_textpage()
    lines = list(printed_lines(textpage))
    if is_picture(page, lines) and is_installed():
        lines = recognised_lines(page)
    textpage.close()
    page.close()
    return lines


def _blocks(
    lines: Sequence[Line], headings: Mapping[str, int]
) -> Iterator[tuple[BlockKind, int | None, list[Line]]]:
    """Yield kind, level and lines of the blocks of a page; only headings have a level."""
    for level, run in sections(lines, headings):
        if level is not None:
            yield BlockKind.HEADING, level, run
        else:
            yield from ((kind, None, block) for kind, block in page_blocks(run))


def _joined(lines: Sequence[Line], glue: str, words: Set[str]) -> str:
    """Join the lines of a block and mend the words that are broken between them."""
    text = lines[0].text
    for before, line in pairwise(lines):
        text = mended(text, line.text, words) if before.is_broken else f"{text}{glue}{line.text}"
    return text


def mended(before: str, after: str, words: Set[str]) -> str:
    """Join two halves of a word, with a hyphen if the document writes it with one elsewhere."""
    first, second = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if first is None or second is None:
        return f"{before}-{after}"
    hyphened = f"{first[0]}-{second[0]}"
    is_compound = hyphened in words and first[0] + second[0] not in words
    return f"{before}-{after}" if is_compound else before + after


def _without_running_lines(pages: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Leave out first and last lines that stand on most pages, apart from their numbers."""
    edges = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    least = max(4, _REPEATED_ON * sum(map(bool, pages)))
    running = {key for key, count in edges.items() if count >= least}
    for lines in pages:
        first, last = 0, len(lines)
        while first < last and _key(lines[first]) in running:
            first += 1
        while last > first and _key(lines[last - 1]) in running:
            last -= 1
        yield lines[first:last]


def _edges(lines: list[Line]) -> list[Line]:
    return [*lines[:2], *lines[-2:]]


def _key(line: Line) -> str:
    return _PAGE_NUMBER.sub("", line.text, count=1).strip().casefold()
