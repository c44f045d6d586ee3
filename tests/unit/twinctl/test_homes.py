"""What is told of a home that cannot be used."""

import errno
import os
from pathlib import Path

import pytest

from twinctl.paths import unusable


@pytest.mark.parametrize(
    ("number", "told", "way_out"),
    [
        (errno.EACCES, "you may not write /h/daemon.log", "--home"),
        (errno.EROFS, "/h/daemon.log lies on a file system that can only be read", "--home"),
        (errno.ENOSPC, "the disk is full: /h/daemon.log cannot be written", "make room"),
        (errno.EDQUOT, "the disk is full: /h/daemon.log cannot be written", "make room"),
        (errno.ENAMETOOLONG, "/h/daemon.log cannot be written: File name too long", "--home"),
    ],
)
def test_what_the_system_says_is_told_with_a_way_out(number: int, told: str, way_out: str) -> None:
    error = OSError(number, os.strerror(number))
    message, hint = unusable(Path("/h/daemon.log"), error)
    assert message == told
    assert way_out in hint


def test_the_place_that_the_system_names_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(NotADirectoryError) as raised:
        (file / "below").mkdir()
    message, _ = unusable(tmp_path, raised.value)
    assert message == f"{file} is a file, and the home must be a folder"
