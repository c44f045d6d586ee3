"""Rich Text Format, without its control words."""

from striprtf.striprtf import rtf_to_text

from twind.domain.documents import Document, DocumentBuilder


def extract(data: bytes) -> Document:
    """Return the text; each line is a paragraph, as RTF ends paragraphs with a line end."""
    text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    builder = DocumentBuilder()
    for line in text.replace("\r", "").split("\n"):
        builder.add(line)
    return builder.build()
