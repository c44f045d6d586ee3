"""PDF: the text layer, page by page, as PDFium reads it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

import pypdfium2 as pdfium

from twind.domain.documents import Document, DocumentBuilder
from twind.ingest.extract.base import corrupt, encrypted, no_text, too_large
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.decoding import is_junk, normalised
from twind.ingest.extract.lines import page_blocks
from twind.ingest.extract.titles import real_title

MAX_PAGES = 20_000
_SCAN_HINT = (
    "it may be a scan: add a text layer with OCR, for example with ocrmypdf, and ingest that"
)
# How PDFium marks a hyphen that only breaks a word at the end of a line.
_BREAK = re.compile("[\x02\ufffe]")
_BROKEN_WORD = re.compile(r"(\w+)[\x02\ufffe]\s*(\w+\S*)[^\S\n]*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_SOFT_HYPHEN = re.compile(r"\u00ad\n?")
_LIGATURES = {
    0x02: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_PAGE_NUMBER = re.compile(r"^\W*\d+\b|\b\d+\W*$")
_REPEATED_ON = 0.6


def extract(data: bytes) -> Document:
    """Return a document with the page of each block.

    Raises:
        ExtractionFailed: `encrypted` when no empty password opens it, `corrupt`, `no_text` for
            scans, `too_large` above `MAX_PAGES`.
    """
    try:
        pdf = pdfium.PdfDocument(data)
        pages = [_lines(text) for text in _page_texts(pdf)]
        stated = pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise (encrypted("PDF") if locked else corrupt("PDF")) from error
    builder = DocumentBuilder()
    for number, lines in enumerate(_without_running_lines(pages), start=1):
        for kind, text in page_blocks(lines):
            builder.add(text, kind, page=number)
    document = builder.build(
        title=real_title(normalised(stated.get("Title", ""))),
        author=normalised(stated.get("Author", "")).strip(),
        published=iso_date(stated.get("CreationDate")),
        pages=len(pages),
    )
    if not document.text or is_junk(document.text):
        raise no_text("PDF", hint=_SCAN_HINT)
    return document


def _page_texts(pdf: pdfium.PdfDocument) -> Iterator[str]:
    """Yield the text of each page; one that cannot be loaded among others is left blank."""
    if len(pdf) > MAX_PAGES:
        raise too_large(f"a PDF of {len(pdf)} pages")
    failed = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            textpage = page.get_textpage()
            yield textpage.get_text_bounded()
            textpage.close()
            page.close()
        except pdfium.PdfiumError:
            failed += 1
            yield ""
    if failed == len(pdf):
        raise corrupt("PDF")


def _lines(text: str) -> list[str]:
    """Return the lines of a page, each broken word mended on its first line."""
    if _BREAK.search(text):
        words = set(_WORD.findall(text))
        text = _BROKEN_WORD.sub(lambda broken: f"{_mended(broken, words)}\n", text)
    text = _SOFT_HYPHEN.sub("", normalised(text.translate(_LIGATURES)))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _mended(broken: re.Match[str], words: Set[str]) -> str:
    """Join the halves of a word, with a hyphen if the page writes it with one elsewhere."""
    first, second = broken.groups()
    hyphened = f"{first}-{second}"
    return hyphened if hyphened in words and first + second not in words else first + second


def _without_running_lines(pages: Sequence[list[str]]) -> Iterator[list[str]]:
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


def _edges(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[-2:]]


def _key(line: str) -> str:
    return _PAGE_NUMBER.sub("", line).strip().casefold()
