"""The beginning of a GGUF file is read without any library."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.gguf import Shape, write_gguf
from twind.errors import ModelUnavailable
from twind.models.gguf_header import read_context_tokens


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "tiny.gguf"
    return write_gguf(path, Shape(layers=1, width=32, context_tokens=640)).read_bytes()


def test_the_length_that_the_model_was_trained_for_is_found(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(sound)
    assert read_context_tokens(path) == 640


def test_a_file_that_does_not_say_how_long_is_no_error(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(sound.replace(b"llama.context_length", b"llama.context_height"))
    assert read_context_tokens(path) is None


@pytest.mark.parametrize(
    ("head", "says"),
    [
        pytest.param(b"", "is no GGUF file", id="empty"),
        pytest.param(b"PK\x03\x04 and so on", "is no GGUF file", id="another format"),
        pytest.param(b"GGUF\x03\x00", "is damaged", id="cut off"),
        pytest.param(b"GGUF\x09\x00\x00\x00" + bytes(16), "version 9", id="newer"),
        pytest.param(b"GGUF\x03\x00\x00\x00" + b"\xff" * 64, "is damaged", id="endless"),
    ],
)
def test_what_is_no_usable_file_is_told(tmp_path: Path, head: bytes, says: str) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(head)
    with pytest.raises(ModelUnavailable, match=says):
        read_context_tokens(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        read_context_tokens(tmp_path / "missing.gguf")


@given(place=st.integers(0, 2000), byte=st.integers(0, 255))
def test_a_changed_byte_never_gives_another_error(
    tmp_path_factory: pytest.TempPathFactory, sound: bytes, place: int, byte: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed.gguf"
    changed = bytearray(sound[:60_000])
    changed[place] = byte
    path.write_bytes(changed)
    try:
        found = read_context_tokens(path)
    except ModelUnavailable:
        return
    assert found is None or isinstance(found, int)
