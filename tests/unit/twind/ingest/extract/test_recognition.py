"""Pages that are pictures are recognised where the extra `ocr` is installed."""

import sys

import pytest

from tests.support.documents import texts
from tests.support.pdfs import a_pdf, a_scan
from twinctl.wire.codes import ErrorCode
from twind.errors import ExtractionFailed
from twind.ingest.extract.pdf import extract

PROSE = [
    "Rye flour drinks more water than wheat flour does, and so the dough",
    "feels wetter for the same amount of water.",
]


def test_a_scanned_page_is_recognised_and_one_with_text_is_read_as_it_is() -> None:
    document = extract(a_scan(a_pdf([["A page of text."], PROSE]), kept=[1]))
    assert texts(document) == ["A page of text.", " ".join(PROSE)]
    assert [block.page for block in document.blocks] == [1, 2]


def test_a_scan_of_nothing_has_no_text() -> None:
    with pytest.raises(ExtractionFailed) as failure:
        extract(a_scan(a_pdf([[]])))
    assert failure.value.code is ErrorCode.NO_TEXT
    assert "scan them anew" in str(failure.value.hint)


def test_without_the_library_a_scan_has_no_text_and_the_hint_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ExtractionFailed) as failure:
        extract(a_scan(a_pdf([PROSE])))
    assert failure.value.code is ErrorCode.NO_TEXT
    assert "twinctl[ocr]" in str(failure.value.hint)


def test_each_page_is_told() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    extract(a_pdf([["One."], ["Two."]]), tell)
    assert told == [(0, 2), (1, 2)]
