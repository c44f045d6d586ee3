"""EPUB books: the chapters in the order of their spine."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import corrupt, encrypted
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.html import page_text
from twind.ingest.extract.htmltree import add_blocks, parse
from twind.ingest.extract.xmltree import first_text, parse_xml


def extract(data: bytes) -> Document:
    """Return the text of the chapters; the package says title, author and date.

    Raises:
        ExtractionFailed: `encrypted` for chapters under rights management, `corrupt`.
    """
    archive = Archive(data)
    place = _package_place(archive)
    package = parse_xml(_part(archive, place))
    builder = DocumentBuilder()
    builder.add(first_text(package, "title") or "", BlockKind.HEADING, level=1)
    for name in _chapters(package, posixpath.dirname(place)):
        chapter = archive.read(name)
        tree = parse(page_text(chapter)) if chapter else None
        if tree is not None:
            add_blocks(builder, tree)
    return builder.build(
        title=first_text(package, "title"),
        author=first_text(package, "creator"),
        published=iso_date(first_text(package, "date")),
    )


def _package_place(archive: Archive) -> str:
    if archive.read("META-INF/rights.xml") is not None:
        raise encrypted("book")
    container = parse_xml(_part(archive, "META-INF/container.xml"))
    root = container.find(".//{*}rootfile")
    if root is None:
        raise corrupt("EPUB")
    return str(root.get("full-path", ""))


def _part(archive: Archive, name: str) -> bytes:
    data = archive.read(name)
    if data is None:
        raise corrupt("EPUB")
    return data


def _chapters(package: etree._Element, folder: str) -> Iterator[str]:
    """Yield the paths of the pages in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    for reference in package.iterfind(".//{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
