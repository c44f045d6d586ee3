"""HTML: the main content of a page, without its menus, scripts and notices."""

import re
from copy import deepcopy

from lxml.etree import Element, _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document as Page

from twind.domain.documents import Document, DocumentBuilder
from twind.ingest.extract.base import no_text
from twind.ingest.extract.dates import iso_date
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.htmlclean import clean
from twind.ingest.extract.htmlfacts import canonical_url, page_title
from twind.ingest.extract.htmllead import lead_of
from twind.ingest.extract.htmltree import add_blocks, parse

_CHARSET = re.compile(
    rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
_HEAD_BYTES = 4096
_SITE_TAGS = ("nav", "header", "footer", "aside", "form", "button", "iframe")
_MAX_LINKED = 0.05
_MIN_MAIN_CHARACTERS = 200
_HEADLINES = ("h1", "h2")
_TAGS = {
    "list": "ul",
    "item": "li",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "quote": "blockquote",
    "code": "pre",
}


def extract(data: bytes) -> Document:
    """Return the main content as trafilatura finds it, or all of a page that has little else."""
    tree = parsed_page(data)
    whole = deepcopy(tree)
    if not _is_only_content(tree):
        clean(tree)
        page = bare_extraction(tree, include_comments=False, with_metadata=True)
        if isinstance(page, Page):
            main = _document(_with_lead(_as_html(page.body), tree), page, whole)
            if len(main.text) >= _MIN_MAIN_CHARACTERS:
                return main
    return _document(whole, extract_metadata(tree), whole)


def page_text(data: bytes, declared: str | None = None) -> str:
    """Decode a page, which may name its encoding in its head."""
    if declared is None and (named := _CHARSET.search(data[:_HEAD_BYTES])):
        declared = named.group(1).decode()
    return decode(data, declared)


def parsed_page(data: bytes) -> HtmlElement:
    """Return the tree of a page.

    Raises:
        ExtractionFailed: There is none.
    """
    tree = parse(page_text(data))
    if tree is None:
        raise no_text("page")
    return tree


def _is_only_content(tree: HtmlElement) -> bool:
    """Say whether a page is a document: nothing in it serves a site, and links are rare."""
    if next(tree.iter(*_SITE_TAGS), None) is not None:
        return False
    words = sum(map(len, tree.xpath("//text()[not(parent::script or parent::style)]")))
    linked = sum(len(text) for link in tree.iter("a") for text in link.itertext())
    return linked <= _MAX_LINKED * words


def _document(root: _Element, facts: Page, tree: HtmlElement) -> Document:
    builder = DocumentBuilder()
    add_blocks(builder, root)
    return builder.build(
        title=page_title(tree, facts.title),
        author=facts.author,
        published=iso_date(facts.date),
        url=canonical_url(tree),
    )


def _with_lead(body: _Element, tree: HtmlElement) -> _Element:
    """Put the lead that stands outside the box of the article back, behind its headline."""
    at = next((at for at, one in enumerate(body) if one.tag not in _HEADLINES), 0)
    for words in reversed(lead_of(tree, "".join(body.itertext()))):
        paragraph = Element("p")
        paragraph.text = words
        body.insert(at, paragraph)
    return body


def _as_html(body: _Element) -> _Element:
    """Give the elements of trafilatura the names they have in HTML."""
    for element in body.iter():
        name = str(element.tag)
        element.tag = element.get("rend", "h2") if name == "head" else _TAGS.get(name, name)
    return body
