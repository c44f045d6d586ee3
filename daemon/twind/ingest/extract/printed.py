"""The lines of a PDF page as PDFium finds them, with their place and size."""

import re
from collections.abc import Iterator
from ctypes import c_double
from math import hypot

import pypdfium2 as pdfium
from pypdfium2 import raw

from twind.ingest.extract.decoding import normalised
from twind.ingest.extract.lines import Line

# U+FFFE is how PDFium marks a hyphen that only breaks a word at the end of a line.
_LINE = re.compile("([^\r\n\x02\ufffe]+)([\x02\ufffe]?)")
_WORD = re.compile(r"\S+")
_SOFT_HYPHEN = re.compile("\u00ad")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}


def printed_lines(textpage: pdfium.PdfTextPage) -> Iterator[Line]:
    """Yield the lines of a page in the order in which PDFium reads them."""
    for match in _LINE.finditer(textpage.get_text_range()):
        text = normalised(match[1].translate(_LIGATURES))
        words = " ".join(text.split())
        if not words.strip("\u00ad"):
            continue
        at = match.start() + len(match[1]) - len(match[1].lstrip())
        left, baseline = _origin(textpage, at)
        yield Line(
            text=_SOFT_HYPHEN.sub("", words),
            left=left,
            right=_right(textpage, match.start() + len(match[1].rstrip()) - 1),
            baseline=baseline,
            size=_font_size(textpage, match.start() + _middle(match[1])),
            is_broken=bool(match[2]) or words.endswith("\u00ad"),
        )


def _middle(text: str) -> int:
    """Return the place of a character near the middle that is printed, as spaces are not."""
    words = [match.start() for match in _WORD.finditer(text)]
    return words[len(words) // 2]


def _origin(textpage: pdfium.PdfTextPage, at: int) -> tuple[float, float]:
    """Return where a character stands on its line, in points from the corner of the page."""
    character = raw.FPDFText_GetCharIndexFromTextIndex(textpage, at)
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(textpage, character, x, y)
    return x.value, y.value


def _right(textpage: pdfium.PdfTextPage, at: int) -> float:
    character = raw.FPDFText_GetCharIndexFromTextIndex(textpage, at)
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(textpage, character, left, right, bottom, top)
    return right.value


def _font_size(textpage: pdfium.PdfTextPage, at: int) -> float:
    """Return the size at which a character is printed, in points."""
    character = raw.FPDFText_GetCharIndexFromTextIndex(textpage, at)
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(textpage, character, matrix):
        return 0.0
    return float(raw.FPDFText_GetFontSize(textpage, character) * hypot(matrix.c, matrix.d))
