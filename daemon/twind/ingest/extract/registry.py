"""Which module extracts which kind of file. The only place that imports them, when needed."""

import warnings
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import cast

from twind.domain.documents import Document
from twind.errors import ExtractionFailed
from twind.ingest.extract.base import (
    Extractor,
    Tell,
    corrupt,
    empty,
    no_text,
    told_to_nobody,
    too_large,
)
from twind.ingest.extract.decoding import blanked, is_junk, recoded
from twind.ingest.extract.kinds import Kind
from twind.ingest.extract.sniff import TEXT_KINDS, sniff

MAX_CHARACTERS = 50_000_000
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""Space, breaks, and the bytes of marks that say how text is written."""


def extract(
    path: Path,
    name: str,
    charset: str | None = None,
    *,
    is_page: bool = False,
    tell: Tell = told_to_nobody,
) -> Document:
    """Extract a local file.

    Args:
        path: Where it lies.
        name: What it was called where it came from.
        charset: How its text is written, where a server said so.
        is_page: A web server sent it: it is judged whether it is content at all.
        tell: Called for each page with how many pages of all are read.

    Raises:
        ExtractionFailed: The file gives no text; the code says why.
        OSError: The file cannot be read.
    """
    data = path.read_bytes()
    if not data:
        raise empty()
    if not data.strip(_BLANK):
        raise no_text("file", hint="check that it was saved or downloaded completely")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _guarded(data, name, charset, is_page=is_page, tell=tell)


def _guarded(
    data: bytes, name: str, charset: str | None, *, is_page: bool, tell: Tell
) -> Document:
    """Extract, and take whatever a parser raises at a damaged file as damage."""
    kind = None
    try:
        kind = sniff(data, name)
        if kind in TEXT_KINDS:
            data = recoded(data, charset)
        if is_page and kind in TEXT_KINDS:
            return _judged(data, kind)
        return _checked(_extractor(kind, tell)(data), kind)
    except (ExtractionFailed, MemoryError):
        raise
    except Exception as error:
        raise corrupt(f"file (read as {kind})" if kind else "file") from error


def _judged(data: bytes, kind: Kind) -> Document:
    """Extract what a web server sent, which may be a page in place of content."""
    judgement = import_module("twind.ingest.extract.page_judgement")
    if kind is Kind.HTML:
        judgement.check_page(data)
    document = _checked(_extractor(kind, told_to_nobody)(data), kind)
    if kind is not Kind.HTML:
        judgement.check_text(document)
    return document


def _extractor(kind: Kind, tell: Tell) -> Extractor:
    """Return the extractor of a kind; that of PDF alone works long enough to tell of it."""
    found = import_module(f"twind.ingest.extract.{kind}").extract
    return partial(found, tell=tell) if kind is Kind.PDF else cast("Extractor", found)


def _checked(document: Document, kind: Kind) -> Document:
    if len(document.text) > MAX_CHARACTERS:
        raise too_large("the text of the file")
    if not document.blocks or is_junk(document.text):
        raise no_text(f"file (read as {kind})")
    title = document.title or _first_heading(document)
    return replace(document, text=blanked(document.text), title=title)


def _first_heading(document: Document) -> str | None:
    """Return the first heading of level 1, which stands for a title that is not stated."""
    for block in document.blocks:
        if block.level == 1:
            return " ".join(document.text[block.start : block.end].split())
    return None
