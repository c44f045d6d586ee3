"""The part of an address behind its question mark: what of it may be shown to everybody.

It often names the page (`?id=7`), so it is kept; but whoever copied the address may have copied
what lets them in, or what says by which letter they came. Those parts are known by their names.
"""

import re
from urllib.parse import unquote_plus

_CREDENTIAL = re.compile(
    r"auth(?!or(?!i[sz]))|credential|passcode|passw|secret|sess(ion)?_?id|signature|token"
    r"|(access|api)key|(?<![a-z])(jwt|key|otp|pwd|session|sid|sig|ticket)(?![a-z])"
)
_TRACKER = re.compile(
    r"utm_.*|(d|fb|g|tt|tw|y)clid|msclkid|(g|w)braid|_g[al]|_hs(enc|mi)|igsh(id)?|mc_[ce]id|mkt_tok"
    r"|vero_id"
)


def shown_query(query: str) -> str:
    """Return a query without credentials and trackers, and all else as it was."""
    return "&".join(part for part in query.split("&") if not _is_private(part))


def _is_private(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0]).lower()
    return bool(_CREDENTIAL.search(name) or _TRACKER.fullmatch(name))
