"""Which part of a text asks, and what else somebody says along with it."""

import re

from twind.answer.verified.kinds import AUXILIARY

_BREAK = re.compile(r"[,;:.!?]+\s+|\s+[-\u2013\u2014]\s+")
_ASKS = re.compile(
    r"(?:(?:and|so|but|then|please)\b ?)*(?:(?:at|by|for|from|in|on|since|to|until|up to) )?"
    rf"(?:who|whom|whose|what|which|when|where|why|how|{AUXILIARY})\b"
    r"(?! (?:i|we) (?!need\b|feed\b)\w+ed\b)"
)
_TOLD = re.compile(r"\b(?:i|i'\w+|we|we'\w+|my|our|me|us)\b")


def asking_part(plain: str) -> tuple[str, str]:
    """Return the part of a text in small letters that asks, and the others.

    Of a text of one part, or of none that asks, all of it is taken to ask.
    """
    parts = [part for part in _BREAK.split(plain) if part]
    for n, part in enumerate(parts):
        if _ASKS.match(part):
            return part, " ".join(parts[:n] + parts[n + 1 :])
    return plain, ""


def is_told(part: str) -> bool:
    """Tell whether somebody tells of themselves, which hardly changes what they ask."""
    return bool(_TOLD.search(part))
