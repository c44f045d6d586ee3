"""Rows below one another are a table where it is known which cell stands in which column."""

from hypothesis import given
from hypothesis import strategies as st

from twinctl.tables import on_one_line, table_of, with_tables

TABLE = ["part | measure", "width | 70 cm", "batter | 1 in 8 [1]"]
MARKDOWN = ["| part | measure |", "| --- | --- |", "| width | 70 cm |", "| batter | 1 in 8 [1] |"]

cells = st.from_regex("[a-z]([a-z|]{0,3}[a-z])?", fullmatch=True)


@given(st.lists(st.tuples(cells, cells), min_size=2, max_size=5))
def test_rows_of_as_many_cells_each_are_a_table(rows: list[tuple[str, str]]) -> None:
    assert table_of([" | ".join(row) for row in rows]) == [list(row) for row in rows]


def test_a_row_alone_and_rows_that_lack_cells_are_no_table() -> None:
    assert table_of(["part | measure"]) is None
    assert table_of(["Day | Opens | Closes", "Sunday | closed"]) is None
    assert table_of(["one", "two"]) is None


def test_a_table_of_markdown_is_one_as_well() -> None:
    assert table_of(MARKDOWN) == table_of(TABLE)
    assert with_tables("\n".join(MARKDOWN)).strip() == "\n".join(MARKDOWN)


def test_an_empty_cell_that_is_written_keeps_its_column() -> None:
    rows = ["| Day | Opens | Closes |", "|---|:-:|---|", "| Sunday |  | 12:00 |"]
    assert table_of(rows) == [["Day", "Opens", "Closes"], ["Sunday", "", "12:00"]]


def test_a_table_is_parted_from_the_lines_around_it() -> None:
    text = "\n".join(["The measures:", *TABLE, "Dig a trench. [2]"])
    assert with_tables(text).split("\n") == [
        "The measures:",
        "",
        *MARKDOWN,
        "",
        "Dig a trench. [2]",
    ]


def test_a_bar_within_a_cell_parts_no_cells() -> None:
    assert "| a\\|b | c |" in with_tables("a|b | c\nd | e")


@given(st.text().filter(lambda text: "|" not in text))
def test_a_text_without_rows_stays_as_it_is(text: str) -> None:
    assert with_tables(text) == text


def test_a_quote_on_one_line_has_the_cells_without_what_draws_the_table() -> None:
    quote = "\n".join(["The measures\nof a wall:", "", *MARKDOWN])
    flat = "part | measure / width | 70 cm / batter | 1 in 8 [1]"
    assert on_one_line(quote) == f"The measures of a wall: {flat}"


@given(st.text().filter(lambda text: "|" not in text))
def test_a_quote_without_rows_keeps_all_its_words(text: str) -> None:
    assert on_one_line(text) == " ".join(text.split())
