"""What tests ask of an extracted document."""

from pathlib import Path

from twind.domain.documents import BlockKind, Document
from twind.ingest.extract.registry import extract


def extracted(folder: Path, name: str, data: bytes) -> Document:
    """Write the bytes to a file of this name and extract it; the blocks are checked."""
    path = folder / "upload"
    path.write_bytes(data)
    document = extract(path, name)
    check_blocks(document)
    return document


def check_blocks(document: Document) -> None:
    """Fail unless the blocks are ordered, apart and inside the text."""
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(document.text)
        reached = block.end


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    """Return the text of each block, or of those of one kind."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if kind in {None, block.kind}
    ]
