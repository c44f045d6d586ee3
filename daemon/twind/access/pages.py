"""Whose pages any key is for, told without a look at all keys for each request."""

from collections.abc import Iterator
from dataclasses import replace

from twind.access.origins import Origin
from twind.store.keys import KeyIndex

_ANY_SUBDOMAIN = "*."


class Pages:
    """The pages that the keys of all tenants are for, read again when there is a new key.

    Those of a tenant that was deleted are among them until then.
    """

    def __init__(self, keys: KeyIndex) -> None:
        self._keys = keys
        self._newest: str | None = None
        self._patterns: frozenset[Origin] = frozenset()
        self._has_loopback = False

    def has(self, origin: str) -> bool:
        """Return whether some key is for the pages of an origin; see `allowed`."""
        page = Origin.parse(origin)
        if page is None or "*" in page.host:
            return False
        self._follow()
        if self._has_loopback and page.is_loopback():
            return True
        return page in self._patterns or any(each in self._patterns for each in _above(page))

    def _follow(self) -> None:
        newest = self._keys.newest()
        if newest == self._newest:
            return
        origins = self._keys.origins()
        patterns = (Origin.parse(pattern) for each in origins for pattern in each)
        self._patterns = frozenset(pattern for pattern in patterns if pattern is not None)
        self._has_loopback = any(not each for each in origins)
        self._newest = newest


def _above(page: Origin) -> Iterator[Origin]:
    """Yield the patterns that mean a page as one of some subdomain."""
    rest = "" if page.host.startswith(".") else page.host
    while rest:
        _, dot, rest = rest.partition(".")
        if dot:
            yield replace(page, host=_ANY_SUBDOMAIN + rest)
