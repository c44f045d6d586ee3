from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Inches

from tests.support.documents import texts
from tests.support.packages import a_docx, an_odt, an_xlsx
from twinctl.wire.codes import ErrorCode
from twind.domain.documents import BlockKind
from twind.errors import ExtractionFailed
from twind.ingest.extract import docx, odt, pptx, sheet
from twind.ingest.extract.rows import row_lines


def _paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_word_headings_paragraphs_and_tables_are_read_in_order() -> None:
    cells = "".join(f"<w:tc>{_paragraph(text)}</w:tc>" for text in ("Flour", "500 g"))
    body = _paragraph("Sourdough", "H1") + _paragraph("Mix &amp; wait.")
    document = docx.extract(a_docx(body + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert texts(document) == ["Sourdough", "Mix & wait.", "Flour | 500 g"]
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE,
    ]


def test_word_says_title_author_and_date() -> None:
    document = docx.extract(a_docx(_paragraph("Text.")))
    assert document.title == "On bread"
    assert document.author == "Ada Baker"
    assert document.published == "2023-05-06"


def test_a_slide_is_a_page_with_title_text_table_and_notes() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Rye"
    slide.placeholders[1].text = "Drinks water\nFeels wet"
    size = (Inches(1), Inches(1), Inches(4), Inches(1))
    table = slide.shapes.add_table(2, 2, *size).table
    for cell, text in zip(table.iter_cells(), ["Flour", "Water", "500 g", "400 g"], strict=True):
        cell.text = text
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    data = BytesIO()
    deck.save(data)
    document = pptx.extract(data.getvalue())
    assert texts(document) == [
        "Rye",
        "Drinks water\nFeels wet",
        "Flour | Water\n500 g | 400 g",
        "Say it slowly.",
    ]
    assert {block.page for block in document.blocks} == {2}
    assert document.pages == 2
    assert document.title is None


def test_cells_carry_the_names_of_their_columns() -> None:
    row = (
        "<row><c t='inlineStr'><is><t>{}</t></is></c><c t='inlineStr'><is><t>{}</t></is></c></row>"
    )
    numbers = "<row><c t='inlineStr'><is><t>Rye</t></is></c><c><v>13.0</v></c></row>"
    document = sheet.extract(an_xlsx(row.format("Loaf", "Sold") + numbers))
    assert texts(document) == ["Loaves", "Loaf: Rye | Sold: 13"]


def test_a_sheet_with_a_lost_cell_far_away_is_refused() -> None:
    with pytest.raises(ExtractionFailed) as failure:
        sheet.extract(an_xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert failure.value.code is ErrorCode.TOO_LARGE


def test_titled_lines_above_a_header_stay_as_they_are() -> None:
    rows = [["Sales", "", ""], ["Loaf", "Sold", "Left"], ["Rye", "13", ""], ["", "", ""]]
    assert list(row_lines(rows)) == ["Sales", "Loaf: Rye | Sold: 13"]


def test_rows_of_numbers_have_no_header() -> None:
    assert list(row_lines([["1", "2"], ["3", "4"]])) == ["1 | 2", "3 | 4"]


def test_opendocument_headings_lists_and_tables_are_read() -> None:
    body = (
        '<text:h text:outline-level="2">Steps</text:h><text:p>Mix<text:s/>it.</text:p>'
        "<text:list><text:list-item><text:p>Flour</text:p><text:list><text:list-item>"
        "<text:p>rye</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>500 g</text:p>"
        "</table:table-cell><table:table-cell><text:p>flour</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    document = odt.extract(an_odt(body))
    assert texts(document) == ["Steps", "Mix it.", "- Flour\n  - rye", "500 g | flour"]
    assert document.blocks[0].level == 2


def test_an_encrypted_opendocument_says_so() -> None:
    with pytest.raises(ExtractionFailed) as failure:
        odt.extract(an_odt("", manifest="<encryption-data/>"))
    assert failure.value.code is ErrorCode.ENCRYPTED
