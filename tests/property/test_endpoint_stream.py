"""Whatever a server sends is read as events or refused, however it is cut."""

import json

from hypothesis import given
from hypothesis import strategies as st

from twind.models.endpoint_failures import Complaint
from twind.models.endpoint_stream import event_data, read_chunk

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "message", "code", "param", "choices", "delta", "content"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
LINES = st.sampled_from(
    [b"data: a", b"data:b", b"data:", b": ping", b"event: x", b"error: c", b""]
)
ENDS = st.sampled_from([b"\n", b"\r\n"])


@given(st.lists(st.tuples(LINES, ENDS), max_size=12), st.lists(st.integers(0, 99)))
def test_events_are_the_same_wherever_the_stream_is_cut(
    lines: list[tuple[bytes, bytes]], places: list[int]
) -> None:
    stream = b"".join(line + end for line, end in lines)
    ends = sorted(place % (len(stream) + 1) for place in places)
    pieces = [stream[a:b] for a, b in zip([0, *ends], [*ends, len(stream)], strict=True)]
    assert list(event_data(pieces)) == list(event_data([stream]))


@given(st.lists(st.binary(max_size=40) | st.none(), max_size=9))
def test_bytes_of_any_kind_are_read_and_pulses_passed_on(pieces: list[bytes | None]) -> None:
    read = list(event_data(pieces))
    assert read.count(None) == pieces.count(None)


@given(JSON)
def test_json_of_any_form_is_a_step_or_an_error(said: object) -> None:
    chunk = read_chunk(json.dumps(said))
    assert chunk.error is None or not chunk.text
    assert isinstance(chunk.text, str)


@given(JSON, st.text(min_size=1))
def test_a_complaint_of_any_form_is_one_line_without_the_key(said: object, key: str) -> None:
    quoted = Complaint.read(said).quoted(key)
    assert quoted == "" or quoted.isprintable()
    assert Complaint.read_body(json.dumps(said).encode()) == Complaint.read(said)


@given(st.text())
def test_data_that_is_no_json_of_the_protocol_is_an_error(data: str) -> None:
    assert read_chunk(data).error is not None
