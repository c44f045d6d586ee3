"""Split a document into chunks along its structure.

A chunk is a run of blocks under one heading and on one page, as long as the embedding model can
read together with the title and the headings above it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twind.domain.chunks import HEADING_SEPARATOR, Chunk, Locator, embedding_text
from twind.domain.documents import Block, BlockKind, Document
from twind.ingest.cut import Cutter, Span, TokenStarts

SPECIAL_TOKENS = 2
_LONGEST_HEADING = 200
_PAGES_OF_A_HEADING = 1

__all__ = ["TokenStarts", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    heading: str | None
    blocks: tuple[Block, ...]


def split(
    document: Document, *, token_starts: TokenStarts, max_tokens: int, title: str | None
) -> list[Chunk]:
    """Return the chunks of a document in reading order.

    Every block stands in the chunks, whole or cut; a heading with text below it stands in the
    locators of that text instead.

    Args:
        document: What to split.
        token_starts: The tokenizer of the embedding model.
        max_tokens: What the model reads of `embedding_text`, special tokens included.
        title: Title of the source. It stands before each chunk and takes its room there.
    """
    chunks: list[Chunk] = []
    for section in _sections(document, title):
        above = Chunk(text="", locator=Locator(start_char=0, end_char=0, heading=section.heading))
        room = max_tokens - SPECIAL_TOKENS - len(token_starts(embedding_text(title, above)))
        cutter = Cutter(document.text, token_starts, max(1, room))
        chunks.extend(
            _chunk(document.text, section, span) for span in cutter.spans(section.blocks)
        )
    return chunks


def _chunk(text: str, section: _Section, span: Span) -> Chunk:
    return Chunk(
        text=text[span.start : span.end],
        locator=Locator(
            start_char=span.start,
            end_char=span.end,
            page=section.blocks[0].page,
            heading=section.heading,
            start_seconds=span.start_seconds,
        ),
    )


def _sections(document: Document, title: str | None) -> Iterator[_Section]:
    """Yield the runs of blocks under one heading and on one page; a bare heading is a run."""
    path: list[Block] = []
    body: list[Block] = []
    bare = False

    def section() -> _Section:
        blocks = path[-1:] if bare else body
        above = _reaching(path[:-1] if bare else path, blocks[0].page)
        return _Section(heading=_heading(document.text, above, title), blocks=tuple(blocks))

    for block in document.blocks:
        is_heading = _is_heading(document.text, block)
        ends_bare = bare and (
            (is_heading and _level(block) <= _level(path[-1]))
            or not _reaches(path[-1], block.page)
        )
        if ends_bare or (body and (is_heading or block.page != body[-1].page)):
            yield section()
            body = []
        if is_heading:
            path = [*(above for above in path if _level(above) < _level(block)), block]
        else:
            body.append(block)
        bare = is_heading
    if body or bare:
        yield section()


def _is_heading(text: str, block: Block) -> bool:
    """Tell a heading from what only looks like one: a rule, or a paragraph in large type."""
    name = text[block.start : block.end]
    return (
        block.kind is BlockKind.HEADING
        and len(name) <= _LONGEST_HEADING
        and any(char.isalnum() for char in name)
    )


def _level(heading: Block) -> int:
    return heading.level or 1


def _reaches(heading: Block, page: int | None) -> bool:
    return heading.page is None or page is None or page - heading.page <= _PAGES_OF_A_HEADING


def _reaching(path: Sequence[Block], page: int | None) -> list[Block]:
    """Return the headings that still hold on a page.

    Where there are pages, not every heading is known: one from far above is rarely the one that
    holds.
    """
    above: list[Block] = []
    for heading in reversed(path):
        if not _reaches(heading, page):
            break
        above.insert(0, heading)
        page = heading.page
    return above


def _heading(text: str, path: Sequence[Block], title: str | None) -> str | None:
    names = [" ".join(text[block.start : block.end].strip("#=-_ \n\t").split()) for block in path]
    return HEADING_SEPARATOR.join(name for name in names if name and name != title) or None
