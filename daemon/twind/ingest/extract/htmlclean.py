"""Taking off a page what is plainly not its text, before its main content is looked for.

The rules stand on what markup means to a reader of the page, never on a site.
"""

import re
from collections import defaultdict
from typing import cast

from lxml.etree import _Element
from lxml.html import HtmlElement

_BOXES = ("div", "section", "aside", "form", "p", "ul", "ol", "span")
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:print-?(?:header|footer)|sr-only|screen-reader|visually-?hidden)(?:$|[\s_-])"
    r"|(?:rollover|tooltip|popover|hovercard)[\w-]*(?:block|box|body|content|inner|panel|text)",
    re.IGNORECASE,
)
_INVITING = re.compile(r"newsletter|subscri(?:be(?!r)|ption)|sign-?up|opt-?in", re.IGNORECASE)
_PRESSED = ("a", "button", "input")
_MAX_APART = 1_500
_MAX_INVITATION = 400
_BODY = re.compile(r"(?:article|story|post|entry)[-_]*(?:body|content|text)", re.IGNORECASE)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MIN_LINKED = 25
_LINKED = 0.75
_MAX_LINKED_SHARE = 0.2
_QUOTED = re.compile(r"embed|social|twitter|tweet|instagram", re.IGNORECASE)


def clean(tree: HtmlElement) -> None:
    """Take off what is not meant to be read here, and join what belongs together."""
    for box in [one for one in tree.iter(*_BOXES) if _is_apart(one)]:
        drop(box)
    for teasers in [one for one in tree.iter("ul", "ol") if _is_teasers(one)]:
        drop(teasers)
    _drop_linked_paragraphs(tree)
    _free_quotes(tree)
    _join_pieces(tree)


def names_of(element: _Element) -> str:
    """Return the id and the classes of an element."""
    return f"{element.get('id', '')} {element.get('class', '')}"


def text_of(element: _Element) -> str:
    """Return the text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def drop(element: _Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        cast("HtmlElement", element).drop_tree()


def _is_apart(box: _Element) -> bool:
    """Say whether a box is for print, shows up under the pointer only, or invites to sign up."""
    names = names_of(box)
    if _HIDDEN.search(names):
        return len(text_of(box)) < _MAX_APART
    if not _INVITING.search(names) or next(box.iter(*_PRESSED), None) is None:
        return False
    return len(text_of(box)) < _MAX_INVITATION


def _is_teasers(listed: _Element) -> bool:
    """Say whether every item of a list is a headline that leads to another page."""
    items = listed.findall("li")
    return bool(items) and all(_is_teaser(item) for item in items)


def _is_teaser(item: _Element) -> bool:
    heading = next(item.iter(*_HEADINGS), None)
    if heading is None:
        return False
    return next(heading.iter("a"), None) is not None or _is_within_link(heading, item)


def _is_within_link(element: _Element, root: _Element) -> bool:
    above = element.getparent()
    while above is not None and above is not root:
        if above.tag == "a":
            return True
        above = above.getparent()
    return False


def _drop_linked_paragraphs(tree: HtmlElement) -> None:
    """Drop the paragraphs among prose that are links to something else as a whole."""
    size = 0
    linked: list[tuple[_Element, int]] = []
    for paragraph in tree.iter("p"):
        length = len(text_of(paragraph))
        size += length
        if length >= _MIN_LINKED and _is_linked(paragraph, length):
            linked.append((paragraph, length))
    if sum(length for _, length in linked) <= _MAX_LINKED_SHARE * size:
        for reference, _ in linked:
            drop(reference)


def _is_linked(paragraph: _Element, length: int) -> bool:
    if next(paragraph.iterancestors("li", "td", "blockquote"), None) is not None:
        return False
    return sum(len(text_of(link)) for link in paragraph.iter("a")) >= _LINKED * length


def _free_quotes(tree: HtmlElement) -> None:
    """Take the names off boxes that hold a quoted post and nothing else: it is content."""
    for quote in tree.iter("blockquote"):
        box = quote.getparent()
        while box is not None and box.tag == "div" and _QUOTED.search(names_of(box)):
            if len(text_of(box)) > len(text_of(quote)) + _MIN_LINKED:
                break
            box.attrib.clear()
            box = box.getparent()
        quote.attrib.clear()


def _join_pieces(tree: HtmlElement) -> None:
    """Move the pieces of an article that is laid out in several alike boxes into the first."""
    pieces: dict[tuple[str, _Element | None], list[_Element]] = defaultdict(list)
    for box in tree.iter("div", "section"):
        name = box.get("class", "")
        if _BODY.search(name) and next(box.iter("p"), None) is not None:
            pieces[name, next(box.iterancestors("article"), None)].append(box)
    for first, *others in pieces.values():
        for other in others:
            if not _has_headline(other) and all(up is not first for up in other.iterancestors()):
                first.extend(list(other))


def _has_headline(box: _Element) -> bool:
    """Say whether a box stands below a headline of its own, as in a list of articles."""
    return (
        next(box.itersiblings("h1", "h2", "h3", "h4", "header", preceding=True), None) is not None
    )
