"""The lead of an article: what stands between its headline and its first paragraph.

Extractors look for the box that holds most of the text, and a lead often stands outside it.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement

from twind.ingest.extract.htmlclean import names_of, text_of

_LEAD_TAGS = ("p", "div", "h2", "h3", "section")
_BLOCKS = ("p", "div", "section", "article", "table", "ul", "ol", "h1", "h2", "h3", "figure")
_ASIDE = ("nav", "aside", "footer", "figure", "form", "li", "button", "a", "dialog", "table")
_NO_LEAD = re.compile(
    r"byline|author|caption|copyright|credit|share|social|cookie|consent|newsletter|comment|"
    r"banner|promo|breadcrumb|date|meta|hidden|audio|player",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]?$")
_MIN_CHARACTERS = 60
_MAX_CHARACTERS = 1_000
_MAX_LINKED = 0.3
_LOOKED_AT = 400


def lead_of(tree: HtmlElement, text: str) -> tuple[str, ...]:
    """Return the paragraphs between the headline and the start of `text`, the article found."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return ()
    found = "".join(text.split())
    lead: dict[str, None] = {}
    for words, is_lead in _paragraphs_after(headline):
        if "".join(words.split()) in found:
            return tuple(lead) if sum(map(len, lead)) <= _MAX_CHARACTERS else ()
        if is_lead:
            lead[words] = None
    return ()


def _paragraphs_after(headline: _Element) -> Iterator[tuple[str, bool]]:
    """Yield the texts of some length behind the headline, and whether they may be a lead."""
    looked_at = 0
    for element in headline.xpath("following::*"):
        looked_at += 1
        if looked_at > _LOOKED_AT:
            return
        if (
            element.tag not in _LEAD_TAGS
            or next(element.iterdescendants(*_BLOCKS), None) is not None
        ):
            continue
        words = text_of(element)
        if len(words) >= _MIN_CHARACTERS:
            yield words, _may_lead(element, words)


def _may_lead(element: _Element, words: str) -> bool:
    if not _SENTENCE_END.search(words) or next(element.iterancestors(*_ASIDE), None) is not None:
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    if linked > _MAX_LINKED * len(words):
        return False
    above = element.getparent()
    names = names_of(element) + (names_of(above) if above is not None else "")
    return not _NO_LEAD.search(names)
