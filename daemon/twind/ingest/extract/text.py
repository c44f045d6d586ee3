"""Plain text: the document is the file itself, its paragraphs are the blocks."""

import re
from collections.abc import Iterator

from twind.domain.documents import Block, Document
from twind.ingest.extract.decoding import decode

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S(?:.*\S)?)*")


def extract(data: bytes) -> Document:
    """Return the decoded file with a block for each run of lines that are not blank."""
    text = decode(data)
    return Document(text=text, blocks=tuple(paragraphs(text)))


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Block]:
    """Yield a block for each run of lines of `text[start:end]` that are not blank."""
    for match in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        yield Block(start=match.start(), end=match.end())
