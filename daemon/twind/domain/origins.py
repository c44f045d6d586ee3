"""Origins: which pages of the web a key is for, as `scheme://host[:port]` and nothing else.

The first label of a host may be `*`, which stands for one or more labels.
"""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

_USUAL_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_FEWEST_LABELS = 2
_WILDCARD = "*."
_READ_OTHERWISE = re.compile("[ßςẞ\u200c\u200d]")
"""What the codec, which knows the names of 2003, takes for other letters than browsers do."""


class NotAnOrigin(ValueError):
    """A text names no pages that a key could be for; the message says why."""


def origin_pattern(text: str) -> str:
    """Return a pattern in the form that browsers send origins in.

    >>> origin_pattern("HTTPS://*.Example.com:443/")
    'https://*.example.com'

    Raises:
        NotAnOrigin: It is no origin, or would stand for too many.
    """
    parts, port = _split(text.strip())
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        raise NotAnOrigin(f"{text} is no origin; write it as https://example.com")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc:
        raise NotAnOrigin(f"{text} is more than an origin; leave out all but https://host:port")
    host = _host(parts.hostname, text)
    shown = "" if port in {None, _USUAL_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotAnOrigin(f"{text} is no origin: {error}") from error
    if port == 0:
        raise NotAnOrigin(f"{text} is no origin: no page comes from port 0")
    return parts, port


def _host(name: str, text: str) -> str:
    if ":" in name:
        return f"[{_ipv6(name, text)}]"
    if _READ_OTHERWISE.search(name):
        raise NotAnOrigin(f"{text} is read in two ways; write its host as browsers do (xn--…)")
    wildcard = _WILDCARD if name.startswith(_WILDCARD) else ""
    try:
        host = name.removeprefix(wildcard).encode("idna").decode()
    except UnicodeError as error:
        raise NotAnOrigin(f"{text} has no host name that the web knows") from error
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAnOrigin(f"{text} has no host name that the web knows")
    if wildcard and len(labels) < _FEWEST_LABELS:
        raise NotAnOrigin(f"{text} stands for too many sites; name yours")
    return wildcard + host


def _ipv6(name: str, text: str) -> IPv6Address:
    try:
        address = IPv6Address(name)
    except ValueError as error:
        raise NotAnOrigin(f"{text} has no address that the web knows") from error
    if address.scope_id is not None:
        raise NotAnOrigin(f"{text} means another machine on each network")
    return address
