"""Outlook messages (.msg): the properties of the message in its OLE container."""

from io import BytesIO

from olefile import OleFileIO

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.text import paragraphs

_SUBJECT, _SENDER, _TO, _BODY = "0037", "0C1A", "0E04", "1000"
_UNICODE, _BYTES = "001F", "001E"


def extract(data: bytes) -> Document:
    """Return subject, names and the plain body."""
    builder = DocumentBuilder()
    with OleFileIO(BytesIO(data)) as container:
        subject, sender, to, body = (
            _property(container, number) for number in (_SUBJECT, _SENDER, _TO, _BODY)
        )
    builder.add(subject, BlockKind.HEADING, level=1)
    stated = (("From", sender), ("To", to))
    builder.add("\n".join(f"{name}: {value}" for name, value in stated if value))
    for block in paragraphs(body):
        builder.add(body[block.start : block.end])
    return builder.build(title=subject, author=sender)


def _property(container: OleFileIO, number: str) -> str:
    """Return a text property, which is stored as UTF-16 or in an 8-bit encoding."""
    for form in (_UNICODE, _BYTES):
        name = f"__substg1.0_{number}{form}"
        if container.exists(name):
            data = container.openstream(name).read()
            text = data.decode("utf-16-le", "replace") if form == _UNICODE else decode(data)
            return text.replace("\r\n", "\n").strip("\0 \n")
    return ""
