"""Numbers, names and addresses are told by how they are written."""

import pytest

from twind.answer.details import details_of, holdings_of


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("1,250,000 people", {"1250000"}),
        ("1 250 000 people", {"1250000"}),
        ("In 1990 200 people", {"1990", "200"}),
        ("3,5 metres, or 3.5", {"3.5"}),
        ("twelve of 07", {"12", "7"}),
        ("the 19th and the 1980s", {"19", "1980"}),
        ("one of them", set()),
    ],
)
def test_numbers_are_equal_however_they_are_written(written: str, numbers: set[str]) -> None:
    assert details_of(written).numbers == numbers


def test_names_begin_with_a_capital() -> None:
    assert details_of("However, the lamp of Skerry Point was lit.").names == {"skerry", "point"}
    assert details_of("Dunmore built it.").names == {"dunmor"}


def test_german_nouns_are_no_names() -> None:
    assert details_of("Der Turm ist mit einer Lampe gebaut.").names == frozenset()


def test_addresses_count_as_a_whole() -> None:
    found = details_of("Write to me@example.org or see https://example.org/2.")
    assert found.addresses == {"me@example.org", "https://example.org/2"}
    assert found.numbers == frozenset()


def test_another_form_of_a_name_is_known() -> None:
    assert not details_of("the American navy") - holdings_of("a navy of america")
    assert details_of("the Ari navy") - holdings_of("the aristocrats of the navy")


def test_what_a_source_lacks_is_left() -> None:
    left = details_of("In 1902 Malgrave came.") - holdings_of("In 1841 Dunmore came.")
    assert left.numbers == {"1902"}
    assert left.names == {"malgrav"}
