"""What a page that a server sent shows: the evidence on which it is judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element
from lxml.html import HtmlElement

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.htmlclean import drop, names_of, text_of
from twind.ingest.extract.htmltree import add_blocks
from twind.ingest.extract.page_phrases import CONSENT

_FURNITURE = ("nav", "header", "footer", "aside", "dialog")
_CONTENT = ("article", "main")
_CONTAINERS = ("div", "section", "aside", "dialog", "form", "iframe")
_NOTICE = re.compile(
    r"cookie|consent|onetrust|didomi|qc-cmp|gdpr|sp_message|usercentrics|truste|\bcmp\b|cmpbox",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(
    r"\s+[|\u2013\u2014\u00b7\u2022:\u00bb\u00ab-]+\s+|\s*[|\u00bb\u00ab]\s*"
)
_MARKS = " .!?:|-\"'()[]\u2026\u2013\u2014\u3002\uff01\uff1f"
_SCRIPTS = "//script[not(@type) or contains(@type, 'javascript') or @type='module']"
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_WEIGHT = 2
_SENTENCE = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f]")
_MIN_SENTENCE = 80
_MAX_CONTROL = 40
_MAX_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvidence:
    """What a page shows. Texts are lower case; sizes are in characters of Latin text.

    Attributes:
        names: The parts of the title, and the highest headings.
        shown: All text outside menus, headers and footers.
        size: How much that is.
        prose: How much of it is sentences, notices of consent left out.
        other_prose: How much of the prose does not speak of consent.
        has_notice: Whether a box on it asks for consent.
        controls: What can be pressed outside such boxes.
        has_password: Whether a password is asked for outside menus and headers.
        has_field: Whether anything can be typed in there.
        has_article: Whether a part of the page is marked as an article with prose.
        has_scripts: Whether the page runs scripts.
        needs_script: What the page says where scripts do not run, or "".
        markup: Names in the markup: ids, classes, addresses of scripts, frames and forms.
    """

    names: tuple[str, ...]
    shown: str
    size: int
    prose: int
    other_prose: int
    has_notice: bool = False
    controls: tuple[str, ...] = ()
    has_password: bool = False
    has_field: bool = False
    has_article: bool = False
    has_scripts: bool = False
    needs_script: str = ""
    markup: str = ""


def evidence_of_page(tree: HtmlElement) -> PageEvidence:
    """Take the evidence of a page; the tree is used up."""
    title = _folded(" ".join(tree.xpath("(//head//title)[1]//text()")))
    names = (*_title_parts(title), *_headings(tree))
    markup = " ".join(_markup(tree))
    has_scripts = bool(tree.xpath(_SCRIPTS))
    needs_script = _folded(" ".join(tree.xpath("//noscript//text()")))
    has_notice = _take_off(tree)
    return replace(
        _evidence(names, _document(tree)),
        has_notice=has_notice,
        controls=tuple(_controls(tree)),
        has_password=bool(tree.xpath("//input[@type='password']")),
        has_field=bool(tree.xpath("//input[not(@type) or @type='text' or @type='email']")),
        has_article=_has_article(tree),
        has_scripts=has_scripts,
        needs_script=needs_script,
        markup=markup,
    )


def evidence_of_text(document: Document) -> PageEvidence:
    """Take the evidence of an answer that is no page, whose first line is its name."""
    first = _folded(document.text.strip().partition("\n")[0])
    return _evidence((first,) if len(first) <= _MAX_NAME else (), document)


def _evidence(names: tuple[str, ...], document: Document) -> PageEvidence:
    return PageEvidence(
        names=names,
        shown=_folded(document.text),
        size=size_of(document.text),
        prose=_prose(document),
        other_prose=_prose(document, without=CONSENT.saying),
    )


def _take_off(tree: HtmlElement) -> bool:
    """Take menus and notices of consent off a page; say whether there was such a notice."""
    for one in _furniture(tree):
        drop(one)
    notices = _notices(tree)
    for one in notices:
        drop(one)
    return any(_document(one).blocks for one in notices)


def size_of(text: str) -> int:
    """Return the length of a text; a character of Chinese or Japanese says as much as three."""
    return len(text) + _WIDE_WEIGHT * len(_WIDE.findall(text))


def _folded(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split())


def _title_parts(title: str) -> Iterator[str]:
    for part in (title, *_TITLE_PARTS.split(title)):
        if 0 < len(part) <= _MAX_NAME:
            yield _bare(part)


def _bare(name: str) -> str:
    """Strip the marks around a name, as in `Page not found!`."""
    return name.strip(_MARKS)


def _document(root: _Element) -> Document:
    builder = DocumentBuilder()
    add_blocks(builder, root)
    return builder.build()


def _headings(tree: HtmlElement) -> Iterator[str]:
    """Yield the headings of the highest level that there are."""
    level = "h1" if next(tree.iter("h1"), None) is not None else "h2"
    for heading in tree.iter(level):
        words = _bare(_folded(text_of(heading)))
        if 0 < len(words) <= _MAX_NAME:
            yield words


def _prose(document: Document, *, without: re.Pattern[str] | None = None) -> int:
    """Return how much of a document is sentences, those that hold `without` left out."""
    size = 0
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        for line in document.text[block.start : block.end].split("\n"):
            is_prose = size_of(line) >= _MIN_SENTENCE and _SENTENCE.search(line)
            if is_prose and not (without and without.search(_folded(line))):
                size += size_of(line)
    return size


def _furniture(tree: HtmlElement) -> list[_Element]:
    """Return the menus, heads and feet of a page; those of articles, or around them, are none."""
    return [
        one
        for one in tree.iter(*_FURNITURE)
        if next(one.iterancestors(*_CONTENT), None) is None
        and next(one.iterdescendants(*_CONTENT), None) is None
    ]


def _notices(tree: HtmlElement) -> set[_Element]:
    """Return the outermost boxes that are named as asking for consent, and do."""
    found: set[_Element] = set()
    for one in tree.iter(*_CONTAINERS):
        if not _NOTICE.search(names_of(one)) or not found.isdisjoint(one.iterancestors()):
            continue
        if not _prose(_document(one), without=CONSENT.saying):
            found.add(one)
    return found


def _has_article(tree: HtmlElement) -> bool:
    return any(
        next(one.iterancestors("article"), None) is None and _prose(_document(one))
        for one in tree.iter("article")
    )


def _controls(tree: HtmlElement) -> Iterator[str]:
    path = "//button|//a|//input[@type='submit' or @type='button']|//*[@role='button']"
    for one in tree.xpath(path):
        words = _bare(_folded(one.get("value") or " ".join(one.itertext())))
        if 0 < len(words) <= _MAX_CONTROL:
            yield words


def _markup(tree: HtmlElement) -> Iterator[str]:
    for one in tree.iter("body", *_CONTAINERS, "input", "span", "script", "p", "h1", "h2"):
        yield names_of(one)
        yield from (one.get(name, "")[:_MAX_NAME] for name in ("src", "action"))
