"""Rows in aligned columns."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from twinctl.cli.columns import aligned

ID = "src_01m85cyjxdav0ahvdatx52cs8j"


def test_columns_stand_below_one_another_whatever_their_characters_take() -> None:
    rows = [["ID", "TITLE", "WHERE"], ["1", "küchen 日本", "a"], ["2", "bread", "b"]]
    assert list(aligned(rows, None)) == [
        "ID  TITLE        WHERE",
        "1   küchen 日本  a",
        "2   bread        b",
    ]


def test_a_title_without_end_leaves_room_for_the_others() -> None:
    rows = [["ID", "TITLE", "WHERE"], [ID, "long " * 50, f"/home/ada/{'deep/' * 9}notes.md"]]
    line = list(aligned(rows, 80))[1]
    assert line.startswith(f"{ID}  long long")
    assert line.endswith("notes.md")
    assert cell_len(line) == 80


def test_what_is_no_place_loses_its_end() -> None:
    rows = [["KEY", "WHAT IT IS"], ["twin", "Twin that commands use without --twin."]]
    assert list(aligned(rows, 30))[1] == "twin  Twin that commands use…"


def test_columns_without_room_are_left_out() -> None:
    rows = [["ID", "TITLE", "WHERE"], [ID, "a title of many words", "/home/ada/notes.md"]]
    assert list(aligned(rows, 48))[1] == f"{ID}  a title of many…"


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(
            st.lists(
                st.text(st.characters(categories=["L", "N"]), max_size=60), min_size=n, max_size=n
            ),
            min_size=1,
            max_size=5,
        )
    ),
    st.integers(1, 200),
)
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], limit: int) -> None:
    assert all(cell_len(line) <= limit for line in aligned(rows, limit))
