"""Small zip containers: Word, Excel, OpenDocument and EPUB files."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org"
_WORD = f'xmlns:w="{_MAIN}/wordprocessingml/2006/main"'
_CORE = """<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
<dc:title>On bread</dc:title><dc:creator>Ada Baker</dc:creator>
<dcterms:created>2023-05-06T10:11:12Z</dcterms:created></cp:coreProperties>"""


def a_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip container with these parts, the first one stored as it is."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts.items()):
            method = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            archive.writestr(name, content, compress_type=method)
    return out.getvalue()


def a_docx(body: str) -> bytes:
    """Return a Word document with this body of WordprocessingML; `H1` is a heading style."""
    style = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    kinds = f"{_MAIN}/officeDocument/2006/relationships"
    return a_zip(
        {
            "[Content_Types].xml": _content_types(
                "word/document.xml", "wordprocessingml.document"
            ),
            "_rels/.rels": _relations(f"{kinds}/officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relations(f"{kinds}/styles", "styles.xml"),
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_WORD}>{style}</w:styles>",
            "docProps/core.xml": _CORE,
        }
    )


def an_xlsx(rows: str) -> bytes:
    """Return an Excel file with one sheet `Loaves` of these rows of SpreadsheetML."""
    kinds = f"{_MAIN}/officeDocument/2006/relationships"
    main = f'xmlns="{_MAIN}/spreadsheetml/2006/main"'
    sheets = '<sheets><sheet name="Loaves" sheetId="1" r:id="rId1"/></sheets>'
    return a_zip(
        {
            "[Content_Types].xml": _content_types("xl/workbook.xml", "spreadsheetml.sheet"),
            "_rels/.rels": _relations(f"{kinds}/officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _relations(f"{kinds}/worksheet", "worksheets/s.xml"),
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{kinds}">{sheets}</workbook>',
            "xl/worksheets/s.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def an_odt(body: str, *, manifest: str = "") -> bytes:
    """Return an OpenDocument text with this body."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0"'
    spaces += f' xmlns:table="{oasis}:table:1.0"'
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{content}</office:document-content>"
    return a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": content,
        }
    )


def an_epub(chapters: Mapping[str, str]) -> bytes:
    """Return a book with these pages, in reverse of the order in which they are stored."""
    items = "".join(f'<item id="{name}" href="text/{name}.xhtml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in reversed(list(chapters)))
    facts = (
        "<dc:title>On bread</dc:title><dc:creator>Ada Baker</dc:creator><dc:date>2019</dc:date>"
    )
    package = f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{facts}</metadata>'
    package += f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    return a_zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="OPS/p.opf"/></container>',
            "OPS/p.opf": package,
            **{f"OPS/text/{name}.xhtml": page for name, page in chapters.items()},
        }
    )


def _content_types(part: str, kind: str) -> str:
    kind = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    override = f'<Override PartName="/{part}" ContentType="{kind}"/>'
    return f'<Types xmlns="{_MAIN}/package/2006/content-types">{xml}{override}</Types>'


def _relations(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_MAIN}/package/2006/relationships">{one}</Relationships>'
