"""Jupyter notebooks: the Markdown and the code of the cells; what the code gave is left out."""

import json
from typing import Any

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.markdown import markdown_blocks


def extract(data: bytes) -> Document:
    """Return the cells in order."""
    builder = DocumentBuilder()
    for cell in _cells(json.loads(decode(data))):
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(map(str, source))
        if cell.get("cell_type") == "code":
            builder.add(text, BlockKind.CODE)
        else:
            for block in markdown_blocks(text):
                builder.add(text[block.start : block.end], block.kind, level=block.level)
    return builder.build()


def _cells(notebook: Any) -> list[dict[str, Any]]:
    """Return the cells; before version 4 they lay in work sheets."""
    sheets = notebook.get("worksheets", [])
    return [*notebook.get("cells", []), *(cell for sheet in sheets for cell in sheet["cells"])]
