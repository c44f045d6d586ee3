"""Recognition of text in pages that are pictures. Its library comes with the extra `ocr`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from twind.ingest.extract.decoding import is_junk
from twind.ingest.extract.lines import Line
from twind.ingest.extract.reading_order import in_reading_order

if TYPE_CHECKING:
    from rapidocr import RapidOCR

POINTS_PER_INCH = 72
DOTS_PER_INCH = 144
MAX_SIDE_PIXELS = 2_000
MIN_SCORE = 0.7
_FEW_CHARACTERS = 100
_MOST_OF_PAGE = 0.5
_SAME_SIZE = (0.65, 1.5)
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad]$")


def is_installed() -> bool:
    """Say whether pages can be recognised here."""
    return find_spec("rapidocr") is not None


def is_picture(page: pdfium.PdfPage, lines: Sequence[Line]) -> bool:
    """Say whether the text layer of a page, read as `lines`, lacks what the page shows.

    A layer of little text is taken as a stamp where a picture covers most of the page.
    """
    text = "".join(line.text for line in lines)
    if not text or is_junk(text):
        return next(page.get_objects(max_depth=1), None) is not None
    return len(text) < _FEW_CHARACTERS and _picture_share(page) >= _MOST_OF_PAGE


def recognised_lines(page: pdfium.PdfPage) -> list[Line]:
    """Return the lines that are seen on a page, in reading order; none on a picture without text.

    Detection and recognition are those of PP-OCR, as RapidOCR runs them.
    """
    width, height = page.get_size()
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, MAX_SIDE_PIXELS / max(width, height))
    seen: Any = _engine()(page.render(scale=scale).to_numpy())
    if seen.txts is None:
        return []
    boxes = [[(x / scale, height - y / scale) for x, y in box] for box in seen.boxes.tolist()]
    return [*in_reading_order(list(_pieces(boxes, seen.txts)))]


@cache
def _engine() -> "RapidOCR":
    """Load the models, which lie in the package; one thread, as files are read side by side.

    Lines are not classified as upside down: on good scans that turned lines which are not.
    """
    from rapidocr import RapidOCR

    threads = "EngineConfig.onnxruntime"
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": MIN_SCORE,
            "Global.use_cls": False,
            f"{threads}.intra_op_num_threads": 1,
            f"{threads}.inter_op_num_threads": 1,
        }
    )


def _pieces(
    boxes: Sequence[Iterable[tuple[float, float]]], texts: Iterable[str]
) -> Iterator[Line]:
    """Make lines of boxes of corners in points; sizes that differ little are one size.

    The height of a box depends on the letters in it, so it says the size of type only roughly.
    """
    corners = [tuple(zip(*box, strict=True)) for box in boxes]
    usual = median([max(ys) - min(ys) for _, ys in corners])
    low, high = (share * usual for share in _SAME_SIZE)
    for (xs, ys), text in zip(corners, texts, strict=True):
        size = max(ys) - min(ys)
        yield Line(
            text=_HYPHEN.sub("", text),
            left=min(xs),
            right=max(xs),
            baseline=min(ys),
            size=usual if low < size < high else size,
            is_broken=_HYPHEN.search(text) is not None,
        )


def _picture_share(page: pdfium.PdfPage) -> float:
    """Return which share of a page its largest picture covers."""
    width, height = page.get_size()
    covered = 0.0
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = found.get_bounds()
        covered = max(covered, (right - left) * (top - bottom))
    return float(covered / (width * height))
