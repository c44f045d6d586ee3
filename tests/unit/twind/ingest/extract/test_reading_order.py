from twind.ingest.extract.lines import Line
from twind.ingest.extract.reading_order import in_reading_order

LEFT = ["The first line of the left column", "and the second one beneath it"]
RIGHT = ["The right column begins up here", "where the left one is not done"]


def piece(text: str, *, left: float, row: int) -> Line:
    return Line(text=text, left=left, right=left + 6 * len(text), baseline=700 - 14 * row, size=11)


def read(*pieces: Line) -> list[str]:
    return [line.text for line in in_reading_order(pieces)]


def columns(*, row: int) -> list[Line]:
    left = [piece(text, left=50, row=row + n) for n, text in enumerate(LEFT)]
    right = [piece(text, left=320, row=row + n) for n, text in enumerate(RIGHT)]
    return [found for pair in zip(left, right, strict=True) for found in pair]


def test_lines_come_from_the_top() -> None:
    assert read(piece("two", left=50, row=1), piece("one", left=50, row=0)) == ["one", "two"]


def test_cells_that_stand_side_by_side_are_one_line() -> None:
    assert read(piece("1,464", left=300, row=0), piece("Revenue", left=50, row=0)) == [
        "Revenue 1,464"
    ]


def test_a_column_is_read_before_the_next_one() -> None:
    assert read(*columns(row=0)) == [*LEFT, *RIGHT]


def test_what_runs_across_the_columns_stays_above_them() -> None:
    title = piece("A title that runs across both of the columns of this page", left=100, row=0)
    assert read(*columns(row=3), title) == [title.text, *LEFT, *RIGHT]


def test_long_pieces_without_a_strip_between_them_are_read_from_the_left() -> None:
    across = [
        piece("A long piece that stands at the left", left=50, row=0),
        piece("and one that begins well before its end", left=200, row=0),
    ]
    assert read(*across) == [line.text for line in across]


def test_a_page_without_pieces_has_no_lines() -> None:
    assert read() == []
