"""Small PDF files, written by hand."""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

import pypdfium2 as pdfium


def a_pdf(pages: Sequence[Sequence[str]], *, info: Mapping[str, str] | None = None) -> bytes:
    """Return a PDF with these lines on these pages; `info` is its document information."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    facts = "".join(f"/{name} ({value})" for name, value in (info or {}).items())
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/MediaBox[0 0 595 842]/Kids[{kids}]/Count {len(pages)}>>",
        f"<<{facts}>>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        content = f"BT /F1 11 Tf 13 TL 50 780 Td\n{shown}ET"
        font = "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
        objects += [
            f"<</Type/Page/Parent 2 0 R/Resources<</Font{font}>>/Contents {5 + 2 * n} 0 R>>",
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        ]
    return _file(objects)


def a_scan(data: bytes, *, kept: Collection[int] = ()) -> bytes:
    """Return a PDF with its pages as pictures, apart from the pages of the numbers in `kept`."""
    pdf, scan = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    for number, page in enumerate(pdf, start=1):
        if number in kept:
            scan.import_pages(pdf, [number - 1])
            continue
        width, height = page.get_size()
        picture = pdfium.PdfImage.new(scan)
        picture.set_bitmap(page.render(scale=2))
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        sheet = scan.new_page(width, height)
        sheet.insert_obj(picture)
        sheet.gen_content()
    out = BytesIO()
    scan.save(out)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    tail += f"<</Size {size}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()
