"""Which format a file really has: what its bytes say counts more than its name."""

import json
import re

from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import encrypted, unsupported
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.kinds import Kind, kind_of_name

TEXT_KINDS = {
    *(Kind.CAPTIONS, Kind.CSV, Kind.HTML, Kind.JSON, Kind.MAIL, Kind.MARKDOWN),
    *(Kind.NOTEBOOK, Kind.RST, Kind.TEXT, Kind.XML),
}
_PARTS = (
    ("word/", Kind.DOCX),
    ("ppt/", Kind.PPTX),
    ("xl/", Kind.SHEET),
    ("META-INF/container.xml", Kind.EPUB),
)
_MEDIA_TYPES = (
    (b"application/epub+zip", Kind.EPUB),
    (b"application/vnd.oasis.opendocument.text", Kind.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind.SHEET),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_CHARACTERS = 20_000
_SIGNATURES = (
    (re.compile(r"WEBVTT"), Kind.CAPTIONS),
    (re.compile(r"\s*(?:\d+\n)?(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}\s*-->"), Kind.CAPTIONS),
    (
        re.compile(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype html|html)\b", re.I | re.S
        ),
        Kind.HTML,
    ),
    (re.compile(r"<\?xml"), Kind.XML),
)
_MAIL = re.compile(r"\A(?:From [^\n]+\n)?(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_NAME = re.compile(r"^(?:from|received|message-id|mime-version|return-path):", re.I | re.M)


def sniff(data: bytes, name: str) -> Kind:
    """Return the format of the bytes.

    Raises:
        ExtractionFailed: `unsupported`, or `encrypted` where that already shows.
        zipfile.BadZipFile: A container is damaged.
    """
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    return _text_kind(decode(data[: 4 * _HEAD_CHARACTERS]), kind_of_name(name), data)


def _zip_kind(data: bytes) -> Kind:
    archive = Archive(data)
    media_type = archive.read("mimetype") or b""
    for known, kind in _MEDIA_TYPES:
        if media_type.strip() == known:
            return kind
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in archive.names):
            return kind
    raise unsupported("an archive", hint="unpack it and ingest the files in it")


def _ole_kind(data: bytes) -> Kind:
    """Older Office files and locked new ones share a container; its entries tell them apart."""
    if _entry("EncryptedPackage") in data:
        raise encrypted("Office document")
    if _entry("Workbook") in data or _entry("Book") in data:
        return Kind.SHEET
    if _entry("__properties_version1.0") in data:
        return Kind.MSG
    raise unsupported("a file of an old Office (.doc, .ppt)", hint="save it as .docx or .pptx")


def _entry(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _text_kind(head: str, promised: Kind | None, data: bytes) -> Kind:
    for pattern, kind in _SIGNATURES:
        if pattern.match(head):
            return kind
    if promised in TEXT_KINDS:
        return promised
    if _MAIL.match(head) and _MAIL_NAME.search(head):
        return Kind.MAIL
    return Kind.JSON if _is_json(data) else Kind.TEXT


def _is_json(data: bytes) -> bool:
    if data.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
