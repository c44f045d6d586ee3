import pytest

from twinctl.wording import counted, duration, place, size


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, "-"),
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_500, "1.5 kB"),
        (2_000_000_000, "2.0 GB"),
    ],
)
def test_sizes_are_shown_in_the_unit_that_fits(count: int | None, words: str) -> None:
    assert size(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "-"), (59.9, "59 s"), (61, "1 min"), (3_700, "1 h 1 min"), (90_000, "1 d 1 h")],
)
def test_durations_are_shown_in_their_largest_units(seconds: float | None, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ({}, ""),
        ({"page": 3, "start_char": 10}, "page 3"),
        ({"heading": "Costs"}, "Costs"),
        ({"start_seconds": 3_725.5}, "at 1:02:05"),
    ],
)
def test_a_place_names_what_people_look_for(locator: dict[str, object], words: str) -> None:
    assert place(locator) == words


def test_one_thing_is_not_a_plural() -> None:
    assert (counted(1, "file"), counted(2_000, "file")) == ("1 file", "2,000 files")
