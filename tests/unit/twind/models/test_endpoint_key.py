from pathlib import Path

import pytest

from twinctl.config import write_endpoint_key
from twinctl.errors import Misused
from twinctl.paths import Home, find_home
from twind.errors import GeneratorFailed
from twind.models.endpoint_key import VARIABLE, key_reader, read_key


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return find_home(str(tmp_path / "new"))


def test_a_key_that_was_written_is_read_back_and_is_ours_alone(home: Home) -> None:
    write_endpoint_key(home, " sk-1\n")
    assert home.endpoint_key.stat().st_mode & 0o777 == 0o600
    assert read_key(home.endpoint_key, {}) == "sk-1"
    assert list(home.config.parent.iterdir()) == [home.endpoint_key]


def test_the_environment_wins_over_the_file(home: Home) -> None:
    write_endpoint_key(home, "sk-1")
    assert read_key(home.endpoint_key, {VARIABLE: "sk-2"}) == "sk-2"


def test_a_key_is_read_anew_at_each_use(home: Home) -> None:
    read = key_reader(home.endpoint_key, {})
    assert read() is None
    for key in ("sk-1", "sk-2"):
        write_endpoint_key(home, key)
        assert read() == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_file_that_others_may_touch_is_refused(home: Home, mode: int) -> None:
    write_endpoint_key(home, "sk-1")
    home.endpoint_key.chmod(mode)
    with pytest.raises(GeneratorFailed) as caught:
        read_key(home.endpoint_key, {})
    assert f"chmod 600 {home.endpoint_key}" in (caught.value.hint or "")


@pytest.mark.parametrize("key", ["two words", "two\nlines", "schlüssel", "tab\there"])
def test_what_is_no_key_is_neither_written_nor_read_nor_repeated(home: Home, key: str) -> None:
    with pytest.raises(Misused):
        write_endpoint_key(home, key)
    home.config.parent.mkdir(parents=True)
    home.endpoint_key.touch(0o600)
    home.endpoint_key.write_text(key)
    for environ in ({}, {VARIABLE: key}):
        with pytest.raises(GeneratorFailed) as caught:
            read_key(home.endpoint_key, environ)
        assert key not in f"{caught.value.message} {caught.value.hint}"


def test_an_empty_key_is_refused(home: Home) -> None:
    with pytest.raises(Misused):
        write_endpoint_key(home, " \n")


def test_a_file_of_bytes_is_refused(home: Home) -> None:
    write_endpoint_key(home, "sk-1")
    home.endpoint_key.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GeneratorFailed):
        read_key(home.endpoint_key, {})
