"""Frames come out as they went in, and nonsense is refused."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.processes.frames import BrokenFrame, read_frame, write_frame

json_values = st.dictionaries(st.text(), st.one_of(st.none(), st.integers(), st.text()))


@given(json_values, st.binary())
def test_a_frame_comes_out_as_it_went_in(header: dict[str, object], payload: bytes) -> None:
    stream = BytesIO()
    write_frame(stream, header, payload)
    stream.seek(0)
    assert read_frame(stream) == (header, payload)


@given(st.binary(max_size=200))
def test_nonsense_is_a_broken_frame_or_a_frame(data: bytes) -> None:
    try:
        header, _ = read_frame(BytesIO(data))
    except BrokenFrame:
        return
    assert isinstance(header, dict)


def test_a_frame_that_is_cut_off_is_broken() -> None:
    stream = BytesIO()
    write_frame(stream, {"a": 1}, b"payload")
    with pytest.raises(BrokenFrame):
        read_frame(BytesIO(stream.getvalue()[:-1]))
