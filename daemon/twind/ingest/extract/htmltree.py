"""From an HTML tree to blocks: headings, paragraphs, lists, tables and code."""

import re
from collections.abc import Iterator

from lxml import etree, html

from twind.domain.documents import BlockKind, DocumentBuilder

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol", "menu", "dir"}
_DROPPED = {
    *("head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object"),
    *("nav", "button", "select", "textarea", "input", "dialog", "audio", "video", "canvas"),
    *("rt", "rp", "del"),
}
_INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em"),
    *("font", "i", "img", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small"),
    *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "hi"),
}
_SPACE = re.compile(r"\s+")


def parse(text: str) -> html.HtmlElement | None:
    """Parse a page; None when there is nothing in it."""
    # A page that names its encoding is not accepted as characters, so it is sent as bytes.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def add_blocks(builder: DocumentBuilder, root: etree._Element) -> None:
    """Add what `root` shows to the builder, in reading order."""
    flow = _Flow(builder)
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            flow.end(element, is_root=element is root)
        elif flow.begin(element):
            events.skip_subtree()
    flow.flush()


class _Flow:
    """Collects running text until a block ends it."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._running: list[str] = []

    def begin(self, element: etree._Element) -> bool:
        """Take up an element; True when nothing in it is left to be walked through."""
        tag = _tag(element)
        if tag in _DROPPED:
            return True
        if tag not in _INLINE:
            self.flush()
            if self._add_whole(element, tag):
                return True
        self._running.append("\n" if tag == "br" else _one_spaced(element.text))
        return False

    def end(self, element: etree._Element, *, is_root: bool) -> None:
        """Leave an element and take up the text behind it."""
        tag = _tag(element)
        if tag not in _INLINE and tag not in _DROPPED:
            self.flush()
        if not is_root:
            self._running.append(_one_spaced(element.tail))

    def flush(self) -> None:
        """End the paragraph."""
        self._builder.add(_lines("".join(self._running)))
        self._running.clear()

    def _add_whole(self, element: etree._Element, tag: str) -> bool:
        """Add an element that is one block; False when it has to be walked into."""
        if tag in _HEADINGS:
            words = _text(element).replace("\n", " ")
            self._builder.add(words, BlockKind.HEADING, level=_HEADINGS[tag])
        elif tag == "pre":
            self._builder.add("".join(_pieces(element, keep_space=True)), BlockKind.CODE)
        elif tag in _LISTS:
            self._builder.add("\n".join(_items(element)), BlockKind.LIST)
        elif tag == "table" and _is_data(element):
            rows = (" | ".join(_cells(row)) for row in element.iter("tr"))
            self._builder.add("\n".join(row for row in rows if row.strip(" |")), BlockKind.TABLE)
        else:
            return False
        return True


def _tag(element: etree._Element) -> str:
    """Return the name without prefix; comments and entities have none."""
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else "template"


def _pieces(root: etree._Element, *, keep_space: bool = False) -> Iterator[str]:
    """Yield the text within an element; a block inside it begins a line."""
    shown = str if keep_space else _one_spaced
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = _tag(element)
        is_dropped = tag in _DROPPED
        if not is_dropped and (tag not in _INLINE or (tag == "br" and event == "start")):
            yield "\n"
        if event == "end":
            yield shown(element.tail or "") if element is not root else ""
        elif is_dropped:
            events.skip_subtree()
        else:
            yield shown(element.text or "")


def _one_spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _lines(text: str) -> str:
    """Return lines without blank ones and without double spaces."""
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _text(element: etree._Element) -> str:
    return _lines("".join(_pieces(element)))


def _items(element: etree._Element, indent: str = "") -> Iterator[str]:
    """Yield the lines of a list; a list in an item is indented below it."""
    number = 0
    for item in element:
        if _tag(item) in _LISTS:
            yield from _items(item, f"{indent}  ")
            continue
        number += 1
        mark = f"{number}." if _tag(element) == "ol" else "-"
        inner = [child for child in item if _tag(child) in _LISTS]
        own = "".join(_own_pieces(item))
        if words := _lines(own).replace("\n", f"\n{indent}  "):
            yield f"{indent}{mark} {words}"
        for child in inner:
            yield from _items(child, f"{indent}  ")


def _own_pieces(item: etree._Element) -> Iterator[str]:
    """Yield the text of an item without the lists in it."""
    if _tag(item) in _DROPPED:
        return
    yield _one_spaced(item.text)
    for child in item:
        if _tag(child) not in _LISTS:
            yield from _pieces(child)
        yield _one_spaced(child.tail)


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only lays a page out."""
    blocks = ("table", "h1", "h2", "h3", "ul", "ol", "pre")
    return next(table.iterdescendants(*blocks), None) is None


def _cells(row: etree._Element) -> list[str]:
    cells = [_text(cell).replace("\n", " ") for cell in row if _tag(cell) in {"td", "th"}]
    while cells and not cells[-1]:
        cells.pop()
    return cells
