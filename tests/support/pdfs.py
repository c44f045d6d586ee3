"""Small PDF files, written by hand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO

import pypdfium2 as pdfium

Entry = tuple[int, str, int]
"""What an outline says of a section: depth, counted from 0, title and page, counted from 1."""


def a_pdf(
    pages: Sequence[Sequence[str]],
    *,
    info: Mapping[str, str] | None = None,
    outline: Sequence[Entry] = (),
) -> bytes:
    """Return a PDF with these lines on these pages; `info` is its document information."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    facts = "".join(f"/{name} ({value})" for name, value in (info or {}).items())
    objects = [
        f"<</Type/Catalog/Pages 2 0 R/Outlines {4 + 2 * len(pages)} 0 R>>",
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
    return _file([*objects, *_outline(outline, root=len(objects) + 1)])


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


def _outline(entries: Sequence[Entry], *, root: int) -> Iterator[str]:
    """Yield the root of an outline, which is the object of this number, and its entries."""
    depths = [-1, *(depth for depth, _, _ in entries)]
    yield f"<</Type/Outlines{_links(depths, 0, root)}>>"
    for at, (_, title, page) in enumerate(entries, start=1):
        place = f"/Dest[{2 + 2 * page} 0 R/Fit]"
        yield f"<</Title ({_escaped(title)}){place}{_links(depths, at, root)}>>"


def _links(depths: Sequence[int], at: int, root: int) -> str:
    """Return where the first entry below one and the next one beside it stand."""
    below = at + 1
    after = next((n for n in range(below, len(depths)) if depths[n] <= depths[at]), len(depths))
    links = f"/First {root + below} 0 R" if after > below else ""
    if after < len(depths) and depths[after] == depths[at]:
        links += f"/Next {root + after} 0 R"
    return links


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
