"""The outline of a PDF says which lines are headings."""

import pytest

from tests.support.pdfs import Entry, a_pdf
from twind.domain.documents import BlockKind, Document
from twind.ingest.extract.pdf import extract

BREADS = [
    ["Breads", "1.1 Rye", "Rye flour drinks more water.", "1.2 Spelt", "Spelt is soft."],
    ["Cakes", "A cake wants sugar."],
]
BREADS_OUTLINE = [(0, "Breads", 1), (1, "Rye", 1), (1, "Spelt", 1), (0, "Cakes", 2)]


def headings(document: Document) -> list[tuple[str, int | None, int | None]]:
    return [
        (document.text[block.start : block.end], block.level, block.page)
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_lines_that_the_outline_names_are_headings_of_its_depth() -> None:
    document = extract(a_pdf(BREADS, outline=BREADS_OUTLINE))
    assert headings(document) == [
        ("Breads", 1, 1),
        ("1.1 Rye", 2, 1),
        ("1.2 Spelt", 2, 1),
        ("Cakes", 1, 2),
    ]


def test_the_text_stays_as_it_is_without_an_outline() -> None:
    with_outline = extract(a_pdf(BREADS, outline=BREADS_OUTLINE))
    without = extract(a_pdf(BREADS))
    assert with_outline.text.split() == without.text.split()
    assert headings(without) == []


def test_a_heading_may_run_over_lines() -> None:
    lines = ["How long the dough", "of rye bread rests", "It rests overnight."]
    document = extract(a_pdf([lines], outline=[(0, "How long the dough of rye bread rests", 1)]))
    assert headings(document) == [("How long the dough of rye bread rests", 1, 1)]


def test_a_heading_stands_above_the_table_below_it() -> None:
    rows = ["Balance sheets", "Cash 10 20", "Debt 30 40"]
    document = extract(a_pdf([rows], outline=[(0, "BALANCE SHEETS", 1)]))
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.TABLE]


@pytest.mark.parametrize(
    "entry",
    [
        (0, "Rolls", 1),
        (0, "Rye", 2),
        (0, "Rye", 9),
        (0, "", 1),
        (0, "- * -", 1),
        (0, "\xfe\xff\xd8\x00", 1),
    ],
)
def test_what_the_outline_says_and_the_page_does_not_is_no_heading(entry: Entry) -> None:
    document = extract(a_pdf([["Rye", "It is dark."], ["Wheat", "It is light."]], outline=[entry]))
    assert headings(document) == []


def test_an_entry_names_one_line() -> None:
    lines = ["Rye", "It is dark.", "Rye", "It is sour."]
    document = extract(a_pdf([lines], outline=[(0, "Rye", 1)]))
    assert headings(document) == [("Rye", 1, 1)]


def test_the_deepest_levels_are_one() -> None:
    lines = [f"Part {letter}" for letter in "abcdefgh"]
    document = extract(a_pdf([lines], outline=[(n, line, 1) for n, line in enumerate(lines)]))
    assert [level for _, level, _ in headings(document)] == [1, 2, 3, 4, 5, 6, 6, 6]


def test_an_outline_that_runs_in_a_circle_ends() -> None:
    data = a_pdf(BREADS, outline=[(0, "Breads", 1), (0, "Cakes", 2)])
    first, second = (f"/Next {number} 0 R".encode() for number in (9, 10))
    assert headings(extract(data.replace(second, first))) == [("Breads", 1, 1)]
