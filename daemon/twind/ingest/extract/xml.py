"""XML: articles of journals (JATS), captions of YouTube, and any other text in elements."""

from collections.abc import Iterator

from lxml import etree

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.captions import document_of
from twind.ingest.extract.cues import Cue, plain
from twind.ingest.extract.xmltree import all_text, first_text, local_name, parse_xml

_CAPTION_ROOTS = {"transcript", "timedtext"}
_HEADINGS = {"title", "article-title", "head", "heading"}
_LEAVES = {"p", "para", "li", "label", "caption", "aff", "name", "kwd-group"}
_DROPPED = {
    *("script", "style", "journal-meta", "article-id", "article-categories", "pub-date"),
    *("history", "permissions", "counts", "contrib-id", "object-id", "self-uri", "ref-list"),
    *("volume", "issue", "elocation-id", "fpage", "lpage", "custom-meta-group", "author-notes"),
    *("role", "xref"),
}
_SPACED = {"name", "kwd-group"}
_ROWS = {"tr", "row"}
_MAX_LEVEL = 6


def extract(data: bytes) -> Document:
    """Return the text of the elements; nothing that the file refers to is fetched."""
    root = parse_xml(data)
    if local_name(root) in _CAPTION_ROOTS:
        return document_of(_cues(root))
    builder = DocumentBuilder()
    _add(builder, root, 1)
    title = first_text(root, "article-title") or first_text(root, "title")
    return builder.build(title=title)


def _cues(root: etree._Element) -> Iterator[Cue]:
    """Read both forms of timed text: `text` in seconds and `p` in milliseconds."""
    for element in root.iter("{*}text", "{*}p"):
        unit = 1.0 if local_name(element) == "text" else 1000.0
        start = float(element.get("start") or element.get("t") or 0) / unit
        lasts = float(element.get("dur") or element.get("d") or 0) / unit
        words = "".join(element.itertext())
        lines = tuple(filter(None, map(plain, words.split("\n"))))
        yield Cue(start=start, end=start + lasts, lines=lines)


def _add(builder: DocumentBuilder, element: etree._Element, depth: int) -> None:
    name = local_name(element)
    if not name or name in _DROPPED:
        return
    if name in _HEADINGS:
        builder.add(all_text(element), BlockKind.HEADING, level=min(depth, _MAX_LEVEL))
    elif name == "table":
        rows = (row for row in element.iter() if local_name(row) in _ROWS)
        lines = (" | ".join(filter(None, map(all_text, row))) for row in rows)
        builder.add("\n".join(filter(None, lines)), BlockKind.TABLE)
    elif name in _LEAVES or _has_own_text(element):
        builder.add(all_text(element, between=" " if name in _SPACED else ""))
    else:
        deeper = depth + (name in {"sec", "section", "chapter"})
        for child in element:
            _add(builder, child, deeper)


def _has_own_text(element: etree._Element) -> bool:
    """Say whether words stand beside the children of an element."""
    parts = [element.text, *(child.tail for child in element)]
    return any(part and part.strip() for part in parts)
