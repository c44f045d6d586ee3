"""However changes come, a file is taken once it has been still for the window."""

from hypothesis import given
from hypothesis import strategies as st

from twind.domain.watches import Stamp
from twind.ingest.watch.settling import Settling

QUIET_S = 2.0
OLD = Stamp(size=1, mtime_ns=0, inode="1", device="1")
times = st.lists(st.floats(min_value=0, max_value=100), min_size=1).map(sorted)


@given(times)
def test_a_storm_is_due_once_and_a_window_after_its_end(touches: list[float]) -> None:
    settling = Settling(QUIET_S)
    for now in touches:
        settling.touch("a", now)
    last = touches[-1]
    assert settling.due(last + QUIET_S * 0.99) == []
    assert settling.due(last + QUIET_S) == ["a"]
    assert settling.next_due() == last + QUIET_S


@given(st.lists(st.integers(min_value=0, max_value=3), min_size=1, max_size=30))
def test_a_file_written_just_now_is_believed_when_two_looks_agree(sizes: list[int]) -> None:
    settling = Settling(QUIET_S)
    settling.touch("a", 0.0)
    before = None
    for number, size in enumerate(sizes):
        stamp = Stamp(size=size, mtime_ns=2**62, inode="1", device="1")
        assert settling.is_settled("a", stamp, float(number)) == (size == before)
        if size == before:
            break
        before = size


def test_a_file_that_is_gone_is_believed_at_the_second_look() -> None:
    settling = Settling(QUIET_S)
    settling.touch("a", 0.0)
    assert not settling.is_settled("a", None, 2.0)
    settling.touch("a", 3.0)
    assert not settling.is_settled("a", None, 5.0)
    assert settling.is_settled("a", None, 7.0)


def test_a_file_that_was_still_all_along_is_due_at_once() -> None:
    settling = Settling(QUIET_S)
    settling.touch_found("a", OLD, 10.0)
    assert settling.due(10.0) == ["a"]
    assert settling.is_settled("a", OLD, 10.0)


def test_a_walk_does_not_cut_short_what_is_waited_for() -> None:
    settling = Settling(QUIET_S)
    settling.touch("a", 10.0)
    settling.touch_found("a", OLD, 10.5)
    assert settling.due(11.0) == []


def test_what_is_trusted_is_due_at_once_even_when_it_is_gone() -> None:
    settling = Settling(QUIET_S)
    settling.touch("a", 10.0)
    settling.trust()
    assert settling.due(10.0) == ["a"]
    assert settling.is_settled("a", None, 10.0)
