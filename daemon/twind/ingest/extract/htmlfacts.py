"""What a page states about itself: its title without the name of the site, and its address."""

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from twind.ingest.extract.htmlclean import text_of

_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u2022\u00b7:\u00bb\u203a\u00ab-]+\s+|:\s+|\s*\|\s*")
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
_ADDRESSES = (
    "//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href",
    "//meta[@property='og:url']/@content",
)


def page_title(tree: HtmlElement, stated: str | None) -> str | None:
    """Return the title without the site's name, which a heading or the site gives away.

    Args:
        tree: The page.
        stated: The title as its metadata has it.
    """
    if not stated:
        return None
    headings = {_folded(text_of(one)) for one in tree.iter("h1", "h2")}
    sites = {_folded(one) for one in tree.xpath("//meta[@property='og:site_name']/@content")}
    for cut in _SEPARATOR.finditer(stated):
        before, behind = stated[: cut.start()], stated[cut.end() :]
        if not before or not behind:
            continue
        if _folded(before) in headings - sites or _folded(behind) in sites:
            return before
        if _folded(behind) in headings - sites or _folded(before) in sites:
            return behind
    return stated


def canonical_url(tree: HtmlElement) -> str | None:
    """Return the address that a page calls its own; only addresses of the web count.

    A relative one is resolved where the page names its base, else it is not known.
    """
    base = next(iter(tree.xpath("//head/base/@href")), "")
    for path in _ADDRESSES:
        for address in tree.xpath(path):
            if url := _web_address(base, address.strip()):
                return url
    return None


def _web_address(base: str, address: str) -> str | None:
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _folded(text: str) -> str:
    return " ".join(text.translate(_ALIKE).lower().split())
