"""reStructuredText: the document is the file itself, its underlined lines are headings."""

import re
from collections.abc import Iterator

from twind.domain.documents import Block, BlockKind, Document
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.text import paragraphs

_TITLE = re.compile(
    r"^(?P<over>([^\w\s])\2+[ \t]*\n)?[ \t]*(?P<words>\S.*?)[ \t]*\n"
    r"(?P<under>([^\w\s])\5+)[ \t]*$",
    re.MULTILINE,
)
_MAX_LEVEL = 6


def extract(data: bytes) -> Document:
    """Return the decoded file; levels of headings follow the order of their marks."""
    text = decode(data)
    return Document(text=text, blocks=tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    marks: list[tuple[bool, str]] = []
    reached = 0
    for match in _TITLE.finditer(text):
        if len(match["under"]) < len(match["words"]):
            continue
        mark = (match["over"] is not None, match["under"][0])
        if mark not in marks:
            marks.append(mark)
        yield from paragraphs(text, reached, match.start())
        start, end = match.span("words")
        level = min(marks.index(mark) + 1, _MAX_LEVEL)
        yield Block(start=start, end=end, kind=BlockKind.HEADING, level=level)
        reached = match.end()
    yield from paragraphs(text, reached)
