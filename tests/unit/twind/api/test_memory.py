from pathlib import Path

import pytest

from twind.api.memory import own_bytes, resident_bytes

STATUS = "Name:\ttwind\nVmRSS:\t  183000 kB\nRssAnon:\t   59000 kB\nRssFile:\t  124000 kB\n"


def test_pages_of_files_are_not_the_process_s_own(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text(STATUS)
    assert own_bytes(status) == 59_000 * 1024


@pytest.mark.parametrize("text", [None, "Name:\ttwind\n"], ids=["no-file", "no-line"])
def test_what_is_resident_counts_where_nothing_tells_them_apart(
    tmp_path: Path, text: str | None
) -> None:
    status = tmp_path / "status"
    if text is not None:
        status.write_text(text)
    assert own_bytes(status) > 10**6


def test_what_is_own_is_in_memory() -> None:
    assert 10**6 < own_bytes() <= resident_bytes()
