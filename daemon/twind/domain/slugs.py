"""Slugs: the short names of twins in addresses and commands."""

import re
import unicodedata

LONGEST = 64
FALLBACK = "twin"


def slug_of(name: str) -> str:
    """Return the slug of a name: lower-case ASCII letters, digits and single hyphens.

    >>> slug_of("Ada Lovelace, Countess")
    'ada-lovelace-countess'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:LONGEST].rstrip("-") or FALLBACK
