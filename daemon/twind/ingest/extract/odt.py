"""OpenDocument text: headings, paragraphs, lists and tables."""

from collections.abc import Iterator

from lxml import etree

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import corrupt, encrypted
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.ooxml import Properties
from twind.ingest.extract.titles import real_title
from twind.ingest.extract.xmltree import first_text, local_name, parse_xml

_DROPPED = {"annotation", "tracked-changes", "deletion", "note-citation", "image", "object"}
_BREAKS = {"line-break": "\n", "tab": "\t", "s": " "}
_MAX_LEVEL = 6


def extract(data: bytes) -> Document:
    """Return the text of the document with what its properties state.

    Raises:
        ExtractionFailed: `encrypted`, `corrupt`.
    """
    archive = Archive(data)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        raise encrypted("document")
    content = archive.read("content.xml")
    body = parse_xml(content).find(".//{*}body/{*}text") if content else None
    if body is None:
        raise corrupt("OpenDocument file")
    builder = DocumentBuilder()
    _add(builder, body)
    return builder.build(**_properties(archive))


def _properties(archive: Archive) -> Properties:
    data = archive.read("meta.xml")
    if not data:
        return {}
    meta = parse_xml(data)
    return {
        "title": real_title(first_text(meta, "title")),
        "author": first_text(meta, "initial-creator") or first_text(meta, "creator"),
        "published": iso_date(first_text(meta, "creation-date")),
    }


def _add(builder: DocumentBuilder, parent: etree._Element) -> None:
    for element in parent:
        name = local_name(element)
        if name == "h":
            level = _level(element)
            builder.add(_text(element), BlockKind.HEADING, level=level)
        elif name == "p":
            builder.add(_text(element))
        elif name == "list":
            builder.add("\n".join(_items(element)), BlockKind.LIST)
        elif name == "table":
            rows = element.iter("{*}table-row")
            lines = (" | ".join(filter(None, map(_text, row))) for row in rows)
            builder.add("\n".join(filter(None, lines)), BlockKind.TABLE)
        elif name not in _DROPPED:
            _add(builder, element)


def _level(heading: etree._Element) -> int:
    stated = next((value for key, value in heading.items() if "outline-level" in str(key)), "1")
    return min(max(int(stated), 1), _MAX_LEVEL)


def _items(listed: etree._Element, indent: str = "") -> Iterator[str]:
    for item in listed:
        for element in item:
            if local_name(element) == "list":
                yield from _items(element, f"{indent}  ")
            elif words := _text(element):
                yield f"{indent}- {words}"


def _text(element: etree._Element) -> str:
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _pieces(element: etree._Element) -> Iterator[str]:
    name = local_name(element)
    if not name or name in _DROPPED:
        return
    yield _BREAKS.get(name, "")
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
