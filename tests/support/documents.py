"""What tests ask of an extracted document."""

from pathlib import Path

from twind.domain.documents import BlockKind, Document
from twind.ingest.extract.registry import extract


def extracted(folder: Path, name: str, data: bytes) -> Document:
    """Write the bytes to a file of this name and extract it; the blocks are checked."""
    path = folder / "upload"
    path.write_bytes(data)
    document = extract(path, name)
    document.check()
    return document


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    """Return the text of each block, or of those of one kind."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if kind in {None, block.kind}
    ]
