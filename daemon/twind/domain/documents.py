"""What an extractor makes of a file: one text and the blocks it is made of.

The text is the single truth that locators point into: a block, a chunk and a quote are all
half-open character spans of it. For plain text and Markdown it is the decoded file itself.
"""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a span of the text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    CUE = "cue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A structural span `text[start:end]` of a document, in reading order.

    Attributes:
        start: First character, counted from 0.
        end: One past the last character.
        kind: What the span is.
        level: Depth of a heading, 1 to 6; None for everything else.
        page: Page (or slide) the span stands on, counted from 1.
        start_seconds: When a cue is spoken, in seconds from the start.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    page: int | None = None
    start_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of a source with its structure.

    Attributes:
        text: The whole text; lines end with a single line feed.
        blocks: Ordered spans that do not overlap; what lies between them is white space or
            marks that structure the text, such as the `#` of a heading.
        title: As the file states it, if it does.
        author: As the file states it, if it does.
        published: ISO 8601 date as the file states it, if it does.
        url: Canonical address as the file states it, if it does.
        pages: Number of pages or slides where the format has them.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    pages: int | None = None


class DocumentBuilder:
    """Puts a document together block by block; blocks are parted by a blank line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int | None = None,
        page: int | None = None,
        start_seconds: float | None = None,
        glue: str = "\n\n",
    ) -> None:
        """Append a block; blank text is left out. `glue` parts it from the one before."""
        text = text.strip()
        if not text:
            return
        if self._blocks:
            self._parts.append(glue)
            self._length += len(glue)
        end = self._length + len(text)
        self._parts.append(text)
        self._blocks.append(
            Block(
                start=self._length,
                end=end,
                kind=kind,
                level=level,
                page=page,
                start_seconds=start_seconds,
            )
        )
        self._length = end

    def build(
        self,
        *,
        title: str | None = None,
        author: str | None = None,
        published: str | None = None,
        url: str | None = None,
        pages: int | None = None,
    ) -> Document:
        """Return the document made of what was added."""
        return Document(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            title=title or None,
            author=author or None,
            published=published or None,
            url=url or None,
            pages=pages,
        )
