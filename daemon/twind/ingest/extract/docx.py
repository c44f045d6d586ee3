"""Word documents: mammoth makes HTML of them, headings by their styles."""

from io import BytesIO

import mammoth

from twind.domain.documents import Document, DocumentBuilder
from twind.ingest.extract.archive import Archive
from twind.ingest.extract.base import no_text
from twind.ingest.extract.htmltree import add_blocks, parse
from twind.ingest.extract.ooxml import core_properties, is_text_part

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""


def extract(data: bytes) -> Document:
    """Return paragraphs, lists, tables, text boxes and notes with their headings."""
    archive = Archive(data)
    archive.check_size(is_text_part)
    pages = mammoth.convert_to_html(
        BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_image)
    )
    tree = parse(pages.value)
    if tree is None:
        raise no_text("Word document")
    builder = DocumentBuilder()
    add_blocks(builder, tree)
    return builder.build(**core_properties(archive))


def _no_image(_image: object) -> dict[str, str]:
    return {}
