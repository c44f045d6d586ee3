"""The one spelling of a web address, so that one place is one source."""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from twind.errors import InvalidInput

SCHEMES = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_KEPT = "%!#$&'()*+,/:;=?@[]~"
_HINT = "give it as in: twinctl ingest https://example.org/page"


def normalised(url: str) -> str:
    """Return the normal spelling of an address of the web.

    Scheme and host are in small letters and ASCII; the port is named only where it is not the
    usual one; what is not allowed in a path or query is escaped; the fragment is gone.

    >>> normalised("HTTPS://Bücher.example:443?a=ü#top")
    'https://xn--bcher-kva.example/?a=%C3%BC'

    Raises:
        InvalidInput: It is no address of `http` or `https`, or carries a password.
    """
    parts, port = _parts(url.strip())
    if parts.scheme not in SCHEMES:
        raise InvalidInput(f"only http and https are fetched, not {url}", hint=_HINT)
    if parts.username is not None or parts.password is not None:
        raise InvalidInput(
            "an address with a user name or password is not taken",
            hint="save the page and ingest the file",
        )
    place = _host(parts)
    if port not in (None, SCHEMES[parts.scheme]):
        place += f":{port}"
    path, query = _escaped(parts.path or "/"), _escaped(parts.query)
    return urlunsplit((parts.scheme, place, path, query, ""))


def stated(url: str | None, place: str | None) -> str | None:
    """Return the address that a page states for itself, where it is one; else its place.

    Args:
        url: As the page states it.
        place: Where it was fetched from; None for a file.
    """
    try:
        return normalised(url) if url else place
    except InvalidInput:
        return place


def _parts(url: str) -> tuple[SplitResult, int | None]:
    """Return the parts of an address, and its port where it names one."""
    if _CONTROL.search(url):
        raise InvalidInput("the address has control characters", hint=_HINT)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidInput(f"{url} is not an address: {error}", hint=_HINT) from error
    return parts, port


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removesuffix(".")
    try:
        if ":" in host:
            address = IPv6Address(host)
            if address.scope_id is None:
                return f"[{address.compressed}]"
        ascii_host = _in_ascii(host)
    except ValueError as error:
        raise InvalidInput(f"{host} is not a host: {error}", hint=_HINT) from error
    if not _HOST.fullmatch(ascii_host):
        raise InvalidInput(f"{host!r} is not a host", hint=_HINT)
    return ascii_host


def _in_ascii(host: str) -> str:
    if host.isascii():
        return host
    from idna import encode

    return encode(host, uts46=True).decode()


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda escape: escape.group().upper(), quote(text, safe=_KEPT))
