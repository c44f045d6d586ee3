"""What a web server says of its bytes, as a file name that leads to the right extractor."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed
from twind.ingest.extract.kinds import SUFFIXES, kind_of_name

ENDINGS = {
    "application/epub+zip": ".epub",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-outlook": ".msg",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-ipynb+json": ".ipynb",
    "application/x-ndjson": ".ndjson",
    "application/x-pdf": ".pdf",
    "application/x-subrip": ".srt",
    "application/xhtml+xml": ".xhtml",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/rtf": ".rtf",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "text/x-markdown": ".md",
    "text/x-rst": ".rst",
    "text/xml": ".xml",
}
_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
_PROLOGUE = rb"(?:<!--.*?-->|<\?.*?\?>|<!(?!--)[^>]*>|\s)*+"
"""What stands before the first element of XML; it never gives back what it took (`*+`), since
there are too many ways to read `<!><!><!>…` again."""
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?" + _PROLOGUE + rb"<(?:rss|rdf:RDF|feed)[\s>]", re.DOTALL | re.IGNORECASE
)
_ARCHIVES = re.compile(
    r"application/(?:x-)?(?:zip|zip-compressed|gzip|tar|gtar|bzip2?|xz|7z-compressed|zstd"
    r"|rar|rar-compressed|vnd\.rar|java-archive)"
)
_SAVE_HINT = "only text is taken; ingest the page or document that holds it"
_REFUSED = {
    "image": ("an image", _SAVE_HINT),
    "font": ("a font", _SAVE_HINT),
    "audio": ("a recording", "ingest its transcript or captions (.vtt, .srt)"),
    "video": ("a video", "ingest its transcript or captions (.vtt, .srt)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What the headers of an answer say of its bytes.

    Attributes:
        charset: How text is written, where that is said.
        name: File name whose ending fits the media type.
    """

    charset: str | None
    name: str


def media_of(url: str, content_type: str | None, disposition: str | None) -> Media:
    """Return what an answer holds.

    Args:
        url: Where it came from.
        content_type: Its `Content-Type`.
        disposition: Its `Content-Disposition`, which may name the file.

    Raises:
        FetchFailed: `unsupported`, where the media type alone says that there is no text.
    """
    headers = Message()
    headers["Content-Type"] = content_type or ""
    headers["Content-Disposition"] = disposition or ""
    media_type = headers.get_content_type() if "/" in (content_type or "") else ""
    own = PurePosixPath(_read(headers.get_filename) or unquote(urlsplit(url).path)).name
    name = _fitting(own or (urlsplit(url).hostname or ""), media_type)
    _check(media_type, name)
    charset = _read(headers.get_content_charset) if _has_charset(media_type) else None
    return Media(charset=charset, name=name)


def check_no_feed(head: bytes) -> None:
    """See that bytes do not begin as a feed does, whatever their media type is.

    Raises:
        FetchFailed: `unsupported`.
    """
    if _FEED.match(head):
        raise _feed()


def _read(stated: Callable[[], str | None]) -> str | None:
    """Return what a header states; None where the numbers of its parts make no sense."""
    try:
        return stated()
    except TypeError:
        return None


def _fitting(name: str, media_type: str) -> str:
    """Give a name the ending of its media type, where that is known and promises another kind."""
    promised = kind_of_name(name)
    ending = ENDINGS.get(media_type)
    if media_type == "text/plain" and promised is None:
        ending = ".txt"
    return name if ending is None or promised is SUFFIXES[ending] else name + ending


def _check(media_type: str, name: str) -> None:
    if media_type in _FEEDS:
        raise _feed()
    what, hint = _REFUSED.get(media_type.partition("/")[0], ("", ""))
    if not what and _ARCHIVES.fullmatch(media_type) and kind_of_name(name) is None:
        what, hint = "an archive", "unpack it and ingest the files in it"
    if what:
        raise FetchFailed(
            f"{what} ({media_type}) is not supported", hint=hint, code=ErrorCode.UNSUPPORTED
        )


def _has_charset(media_type: str) -> bool:
    """XML names its encoding itself; of what is no text a charset says nothing."""
    is_text = media_type.startswith("text/") and media_type != "text/xml"
    return is_text or media_type in {"application/json", "application/xhtml+xml"}


def _feed() -> FetchFailed:
    return FetchFailed(
        "a feed is a list of pages, and not supported",
        hint="ingest the pages that matter, each by its own address",
        code=ErrorCode.UNSUPPORTED,
    )
