"""Tables without marks, as they come from a PDF."""

import pytest

from twind.answer.flat_rows import flat_tables, names_columns

HEADER = "Treatment Dog Cat"
ROWS = [
    "Consultation 42 41",
    "Neutering, female 310 130",
    "Crack repair from 1,800 by arrangement",
]


def tables(text: str) -> list[list[str]]:
    return [[text[slice(*row)] for row in table] for table in flat_tables(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_with_numbers_below_each_other_are_a_table(gap: str) -> None:
    text = gap.join(["All is in crowns.", HEADER, *ROWS, "We take no cards."])
    assert tables(text) == [[HEADER, *ROWS]]


def test_two_tables_are_two() -> None:
    text = "\n".join([*ROWS, "Nothing is free.", HEADER, *ROWS])
    assert tables(text) == [ROWS, [HEADER, *ROWS]]


def test_the_row_that_names_the_columns_is_told_from_the_others() -> None:
    text = "\n".join([HEADER, *ROWS])
    [[header, first, *_]] = flat_tables(text)
    assert names_columns(text, header)
    assert not names_columns(text, first)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(ROWS[:2]),
        "It opened in 1998.\nIt has 12 rooms.\nIt costs 40 crowns.",
        "In 1998 the shop\nsold 40 violins and\nthen 20 more to a man\nwith 3 dogs",
        "- Oslo 12\n- Bergen 14\n- Ribe 16",
        "| Oslo | 12\n| Bergen | 14\n| Ribe | 16",
        "Contents\nFootings 4\nConcrete 7\nCuring 12\nTools 20",
        "Oslo, 12 May\nDear Ida\nThe 40 crowns",
    ],
)
def test_sentences_lists_and_marked_rows_are_no_such_table(text: str) -> None:
    assert tables(text) == []
