"""What the Office Open XML formats have in common."""

from typing import TypedDict

from lxml import etree

from twind.ingest.extract.archive import Archive
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.titles import real_title
from twind.ingest.extract.xmltree import first_text, parse_xml


class Properties(TypedDict, total=False):
    """What a file states about itself, as `DocumentBuilder.build` takes it."""

    title: str | None
    author: str | None
    published: str | None


def core_properties(archive: Archive) -> Properties:
    """Return title, author and date of creation; damaged properties say nothing."""
    data = archive.read("docProps/core.xml")
    try:
        root = parse_xml(data) if data else None
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return {}
    return {
        "title": real_title(first_text(root, "title")),
        "author": first_text(root, "creator"),
        "published": iso_date(first_text(root, "created")),
    }


def is_text_part(name: str) -> bool:
    """Tell the parts that a reader unpacks from pictures and the like."""
    return name.endswith((".xml", ".rels", ".bin", ".vml"))
