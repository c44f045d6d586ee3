"""PDF: the text layer, page by page, as PDFium reads it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

import pypdfium2 as pdfium

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.base import corrupt, encrypted, no_text, too_large
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.decoding import is_junk, normalised
from twind.ingest.extract.lines import Line, page_blocks
from twind.ingest.extract.printed import printed_lines
from twind.ingest.extract.titles import real_title

MAX_PAGES = 20_000
_SCAN_HINT = (
    "it may be a scan: add a text layer with OCR, for example with ocrmypdf, and ingest that"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\w+$")
_PAGE_NUMBER = re.compile(r"^\W*\d+\b|\b\d+\W*$")
_REPEATED_ON = 0.6


def extract(data: bytes) -> Document:
    """Return a document with the page of each block.

    Raises:
        ExtractionFailed: `encrypted` when no empty password opens it, `corrupt`, `no_text` for
            scans, `too_large` above `MAX_PAGES`.
    """
    pages, stated = _read(data)
    builder = DocumentBuilder()
    words = {word for lines in pages for line in lines for word in _WORD.findall(line.text)}
    for number, lines in enumerate(_without_running_lines(pages), start=1):
        for kind, block in page_blocks(lines):
            glue = "\n" if kind is BlockKind.TABLE else " "
            builder.add(_joined(block, glue, words), kind, page=number)
    document = builder.build(
        title=real_title(normalised(stated.get("Title", ""))),
        author=normalised(stated.get("Author", "")).strip(),
        published=iso_date(stated.get("CreationDate")),
        pages=len(pages),
    )
    if not document.text or is_junk(document.text):
        raise no_text("PDF", hint=_SCAN_HINT)
    return document


def _read(data: bytes) -> tuple[list[list[Line]], dict[str, str]]:
    """Return the lines of each page and what the file states about itself."""
    try:
        pdf = pdfium.PdfDocument(data)
        return list(_pages(pdf)), pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise (encrypted("PDF") if is_locked else corrupt("PDF")) from error


def _pages(pdf: pdfium.PdfDocument) -> Iterator[list[Line]]:
    """Yield the lines of each page; a page that cannot be loaded among others has none."""
    if len(pdf) > MAX_PAGES:
        raise too_large(f"a PDF of {len(pdf)} pages")
    failed = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            textpage = page.get_textpage()
            yield list(printed_lines(textpage))
            textpage.close()
            page.close()
        except pdfium.PdfiumError:
            failed += 1
            yield []
    if failed == len(pdf):
        raise corrupt("PDF")


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
