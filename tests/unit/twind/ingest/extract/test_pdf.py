from dataclasses import replace

import pytest

from tests.support.documents import texts
from tests.support.pdfs import a_pdf
from twinctl.wire.codes import ErrorCode
from twind.domain.documents import BlockKind
from twind.errors import ExtractionFailed
from twind.ingest.extract.lines import Line, page_blocks
from twind.ingest.extract.pdf import extract, mended

PROSE = [
    "Rye flour drinks more water than wheat flour does, and so the dough",
    "feels wetter for the same amount of water. Wait before you add more",
    "flour to it.",
]
STATEMENT = [
    "Consolidated statement",
    "2023 2022",
    "Revenue $ 1,464 $ 1,000",
    "Other, net (25) (13)",
    "Dividends paid - 42",
]


def test_blocks_know_their_page() -> None:
    document = extract(a_pdf([["First page."], [], ["Third page."]]))
    assert texts(document) == ["First page.", "Third page."]
    assert [block.page for block in document.blocks] == [1, 3]
    assert document.pages == 3


def test_lines_are_joined_to_paragraphs() -> None:
    assert texts(extract(a_pdf([PROSE]))) == [" ".join(PROSE)]


def test_rows_of_numbers_stay_lines_of_one_table() -> None:
    document = extract(a_pdf([[*STATEMENT, *PROSE]]))
    assert texts(document, BlockKind.TABLE) == ["\n".join(STATEMENT)]
    assert texts(document, BlockKind.PARAGRAPH) == [" ".join(PROSE)]


def test_items_of_a_list_are_not_joined() -> None:
    items = ["1. " + "a long first item that fills the whole line", "2. the second"]
    assert texts(extract(a_pdf([items]))) == items


def _lines(
    *texts: str, gap: float = 12.0, left: float = 50.0, is_broken: bool = False
) -> list[Line]:
    return [
        Line(
            text=text,
            left=left,
            right=left + 5 * len(text),
            baseline=700 - gap * number,
            size=10,
            is_broken=is_broken and number == 0,
        )
        for number, text in enumerate(texts)
    ]


def _paragraphs(lines: list[Line]) -> list[list[str]]:
    return [[line.text for line in block] for _, block in page_blocks(lines)]


def test_a_wider_gap_begins_a_paragraph() -> None:
    first, second = _lines(*PROSE[:2]), _lines(*PROSE[:2], gap=12.0)
    below = [replace(line, baseline=line.baseline - 100) for line in second]
    assert _paragraphs(first + below) == [PROSE[:2], PROSE[:2]]


def test_a_sentence_runs_on_in_the_next_column() -> None:
    column = _lines("where no one had gone before that day", left=300)
    assert len(_paragraphs(_lines(*PROSE[:2]) + column)) == 1
    assert len(_paragraphs(_lines(*PROSE[:2]) + _lines("Another begins", left=300))) == 2


@pytest.mark.parametrize(
    ("before", "after", "words", "whole"),
    [
        ("the sto", "chastic search", set(), "the stochastic search"),
        ("for training", "time only", {"training-time"}, "for training-time only"),
        ("to re", "sign", {"re-sign", "resign"}, "to resign"),
        ("see (", "next)", set(), "see (-next)"),
    ],
)
def test_broken_words_are_mended_as_the_document_writes_them(
    before: str, after: str, words: set[str], whole: str
) -> None:
    assert mended(before, after, words) == whole


def test_lines_repeated_at_the_edges_of_pages_are_dropped() -> None:
    pages = [["Annual report", f"Something of page {n} alone", f"Page {n}"] for n in range(1, 7)]
    assert texts(extract(a_pdf(pages))) == [f"Something of page {n} alone" for n in range(1, 7)]


def test_rows_at_the_edge_of_a_page_are_no_page_numbers() -> None:
    pages = [[f"Something of page {n} alone", str(n)] for n in range(1, 7)]
    pages[2] = ["2022 2021", "Sold 13 14", "3"]
    assert "2022 2021\nSold 13 14" in texts(extract(a_pdf(pages)))


def test_what_the_file_says_of_itself_is_read() -> None:
    info = {"Title": "On bread", "Author": "Ada Baker", "CreationDate": "D:20230506101112Z"}
    document = extract(a_pdf([["Text."]], info=info))
    assert document.title == "On bread"
    assert document.author == "Ada Baker"
    assert document.published == "2023-05-06"


@pytest.mark.parametrize(
    "title", ["Microsoft Word - bread.doc", "bread.pdf", "Untitled", "--", "000101-18-00005"]
)
def test_a_title_that_is_none_is_left_out(title: str) -> None:
    assert extract(a_pdf([["Text."]], info={"Title": title})).title is None


def test_a_fact_that_is_no_text_is_left_out() -> None:
    info = {"Title": "\xfe\xff\xd8\x00", "Author": "Ada Baker"}
    document = extract(a_pdf([["Text."]], info=info))
    assert (document.title, document.author) == (None, "Ada Baker")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_pdf([[]]), ErrorCode.NO_TEXT),
        (b"%PDF-1.7\nnothing of use", ErrorCode.CORRUPT),
        (a_pdf([["Hello."]])[:100], ErrorCode.CORRUPT),
    ],
    ids=["no text layer", "not a PDF", "cut off"],
)
def test_a_pdf_without_text_says_why(data: bytes, code: ErrorCode) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        extract(data)
    assert failure.value.code is code
    assert failure.value.hint
