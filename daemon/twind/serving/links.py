"""Where on the web a visitor can read what is cited, at the very place."""

import re
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from twind.domain.answers import Citation
from twind.serving.queries import shown_query

_VIDEO_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}
_INSIDE = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".test")
_WHOLE_QUOTE = 120
_FEWEST_WORDS = 4
_SPACE = re.compile(r"\s+")


def public_link(citation: Citation) -> str | None:
    """Return the address of what is cited; None where it does not lie on the web for everyone.

    It leads to the words of the quote (`#:~:text=`), the page of a document or the second of a
    video, and holds no credentials of whoever took it in.
    """
    try:
        parts = urlsplit(citation.uri)
        is_public = parts.scheme in {"http", "https"} and _is_public(parts.hostname or "")
    except ValueError:
        return None
    if not is_public or "@" in parts.netloc:
        return None
    parts = parts._replace(query=shown_query(parts.query))
    seconds = citation.locator.start_seconds
    if seconds is not None and parts.hostname in _VIDEO_HOSTS:
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
        return urlunsplit(parts._replace(query=urlencode([*query, ("t", int(seconds))])))
    page = citation.locator.page
    place = f":~:text={_text_fragment(citation.quote)}" if page is None else f"page={page}"
    return urlunsplit(parts._replace(fragment=place))


def _is_public(host: str) -> bool:
    """Return whether a host can be one that everybody reaches under this name."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").endswith(_INSIDE)


def _text_fragment(words: str) -> str:
    """Return a text directive that finds a quote: all of it, or how it begins and ends."""
    quoted = _SPACE.sub(" ", words).strip()
    if len(quoted) <= _WHOLE_QUOTE:
        return _escaped(quoted)
    parts = quoted.split(" ")
    if len(parts) < 2 * _FEWEST_WORDS:
        return _escaped(quoted[:_WHOLE_QUOTE])
    first, last = " ".join(parts[:_FEWEST_WORDS]), " ".join(parts[-_FEWEST_WORDS:])
    return f"{_escaped(first)},{_escaped(last)}"


def _escaped(words: str) -> str:
    """Escape what has a meaning in a text directive, the hyphen among it."""
    return quote(words, safe="").replace("-", "%2D")
