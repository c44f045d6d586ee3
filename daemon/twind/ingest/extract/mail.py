"""Mail: single messages (RFC 5322) and mailboxes (mbox)."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.html import page_text
from twind.ingest.extract.htmltree import add_blocks, parse
from twind.ingest.extract.text import paragraphs

_SEPARATOR = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n")
_SHOWN = ("From", "To", "Date")


def extract(data: bytes) -> Document:
    """Return subject, sender, date and body of each message; attachments are only named."""
    builder = DocumentBuilder()
    messages = [_message(part) for part in _parts(data)]
    for message in messages:
        _add(builder, message, level=1 if len(messages) == 1 else 2)
    if len(messages) != 1:
        return builder.build()
    return builder.build(
        title=_header(messages[0], "Subject"),
        author=_sender(messages[0]),
        published=_day(messages[0]),
    )


def _parts(data: bytes) -> list[bytes]:
    if not data.startswith(b"From "):
        return [data]
    return [part for part in _SEPARATOR.split(data) if part.strip()]


def _message(data: bytes) -> EmailMessage:
    return message_from_bytes(data, EmailMessage, policy=default)


def _add(builder: DocumentBuilder, message: EmailMessage, *, level: int) -> None:
    builder.add(_header(message, "Subject"), BlockKind.HEADING, level=level)
    stated = [(name, _header(message, name)) for name in _SHOWN]
    builder.add("\n".join(f"{name}: {value}" for name, value in stated if value))
    _add_body(builder, message)
    names = [part.get_filename() for part in message.walk()]
    if attached := ", ".join(name for name in names if name):
        builder.add(f"Attachments: {attached}")


def _add_body(builder: DocumentBuilder, message: EmailMessage) -> None:
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if body.get_content_subtype() == "html":
        tree = parse(page_text(data, body.get_content_charset())) if data.strip() else None
        if tree is not None:
            add_blocks(builder, tree)
        return
    text = decode(data, body.get_content_charset())
    for block in paragraphs(text):
        builder.add(text[block.start : block.end])


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _sender(message: EmailMessage) -> str | None:
    sender = message.get("From")
    addresses = sender.addresses if sender is not None else ()
    return next((person.display_name or person.addr_spec for person in addresses), None)


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except ValueError:
        return None
