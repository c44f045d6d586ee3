"""Markdown: the document is the file itself, the blocks are what CommonMark sees in it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from twind.domain.documents import Block, BlockKind, Document
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.decoding import decode

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(r"\n[ \t>]*(=+|-+)[ \t]*\Z")
_ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t]+(?P<words>.*?))??(?:[ \t]+#+)?[ \t]*\Z")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "blockquote_open": BlockKind.PARAGRAPH,
    "html_block": BlockKind.PARAGRAPH,
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "table_open": BlockKind.TABLE,
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
}


def extract(data: bytes) -> Document:
    """Return the decoded file; front matter gives what it says of itself.

    The block of a heading is its words; the marks around them lie between the blocks.
    """
    text = decode(data)
    front = _FRONT_MATTER.match(text)
    fields = _fields(front.group(1) or "") if front else {}
    begin = front.end() if front and fields else 0
    return Document(
        text=text,
        blocks=tuple(markdown_blocks(text, begin)),
        title=fields.get("title"),
        author=fields.get("author"),
        published=iso_date(fields.get("date")),
    )


def markdown_blocks(text: str, begin: int = 0) -> Iterator[Block]:
    """Yield the top-level blocks of `text[begin:]`, placed in `text`."""
    lines = text[begin:].split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=begin))
    for token in _parser().parse(text[begin:]):
        if token.level == 0 and token.map and token.type in _KINDS:
            first, last = token.map
            yield from _block(text, token, starts[first], min(starts[last], len(text)))


def _block(text: str, token: Token, start: int, end: int) -> Iterator[Block]:
    kind = _KINDS[token.type]
    content = text[start:end].rstrip()
    end = start + len(content)
    if kind is BlockKind.HEADING:
        start, end = _heading_words(content, start)
    elif token.type == "html_block" and not _TAG.sub("", content).strip():
        return
    level = int(token.tag[1]) if kind is BlockKind.HEADING else None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end:
        yield Block(start=start, end=end, kind=kind, level=level)


def _heading_words(content: str, start: int) -> tuple[int, int]:
    """Return where the words of a heading start and end, without `#` and underlines."""
    if atx := _ATX.match(content):
        return start + max(atx.start("words"), 0), start + max(atx.end("words"), 0)
    underline = _SETEXT.search(content)
    return start, start + (underline.start() if underline else len(content))


def _fields(front_matter: str) -> dict[str, str]:
    """Read the plain `name: value` lines of YAML; deeper structure says nothing here."""
    pairs = _FIELD.findall(front_matter)
    return {name.lower(): value.strip("\"'") for name, value in pairs}


@cache
def _parser() -> MarkdownIt:
    """A block parser; what stands inside a line is of no interest."""
    return MarkdownIt("commonmark").enable("table").disable("inline")
