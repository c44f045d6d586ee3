"""A child answers, and whatever it does the daemon's side goes on."""

import os
import time
from collections.abc import Iterator

import pytest

from twind.processes.child import Child, ChildDied, ChildTimedOut

TIMEOUT_S = 20.0


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("tests.support.odd_child", [], {**os.environ, "PYTHONPATH": "daemon"})
    yield child
    child.kill()


def test_a_child_answers_with_what_was_sent(child: Child) -> None:
    payload = bytes(range(256)) * 1000
    header, echoed = child.request({"do": "echo"}, payload, timeout_s=TIMEOUT_S)
    assert header["pid"] == child.pid
    assert echoed == payload


def test_what_a_library_prints_does_not_break_the_frames(child: Child) -> None:
    assert child.request({"do": "print"}, timeout_s=TIMEOUT_S)[0] == {"printed": True}
    assert child.request({"do": "echo"}, b"next", timeout_s=TIMEOUT_S)[1] == b"next"


def test_a_child_that_dies_is_reported_with_its_exit_code(child: Child) -> None:
    with pytest.raises(ChildDied) as caught:
        child.request({"do": "die"}, timeout_s=TIMEOUT_S)
    assert caught.value.exit_code == 7


def test_a_child_that_hangs_is_killed_in_time(child: Child) -> None:
    child.request({"do": "echo"}, timeout_s=TIMEOUT_S)
    started = time.monotonic()
    with pytest.raises(ChildTimedOut):
        child.request({"do": "hang"}, timeout_s=0.2)
    assert time.monotonic() - started < TIMEOUT_S


def test_a_child_cannot_take_more_memory_than_its_limit(child: Child) -> None:
    child.request({"do": "limit"}, timeout_s=TIMEOUT_S)
    with pytest.raises(ChildDied):
        child.request({"do": "allocate"}, timeout_s=TIMEOUT_S)
