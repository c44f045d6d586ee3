"""The widget as visitors load it; `scripts/widget` writes it from its parts."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

WIDGET = Path(__file__).with_name("assets") / "widget.js"
MEDIA_TYPE = "text/javascript; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that is served.

    Attributes:
        body: As it is.
        gzipped: For whoever accepts that encoding.
        etag: Names this very content, with its quotation marks.
    """

    body: bytes
    gzipped: bytes
    etag: str


@cache
def widget() -> Asset:
    """Return the script of the widget."""
    body = WIDGET.read_bytes()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    return Asset(body=body, gzipped=gzip.compress(body, mtime=0), etag=etag)
