"""A child answers, and whatever it does the daemon's side goes on."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

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


def test_a_child_that_does_not_take_what_is_sent_is_killed_in_time(child: Child) -> None:
    child.request({"do": "echo"}, timeout_s=TIMEOUT_S)
    os.kill(child.pid, signal.SIGSTOP)
    with pytest.raises(ChildTimedOut):
        child.request({"do": "echo"}, bytes(1 << 20), timeout_s=0.2)


def test_a_child_cannot_take_more_memory_than_its_limit(child: Child) -> None:
    child.request({"do": "limit"}, timeout_s=TIMEOUT_S)
    with pytest.raises(ChildDied):
        child.request({"do": "allocate"}, timeout_s=TIMEOUT_S)


def test_progress_comes_before_the_answer(child: Child) -> None:
    told: list[tuple[int, int]] = []

    def on_progress(done: int, total: int) -> None:
        told.append((done, total))

    answer = child.request(
        {"do": "tell", "sleep_s": 0}, timeout_s=TIMEOUT_S, on_progress=on_progress
    )
    assert answer == ({"told": True}, b"")
    assert told == [(1, 3)]


def test_progress_may_go_unheard(child: Child) -> None:
    assert child.request({"do": "tell", "sleep_s": 0}, timeout_s=TIMEOUT_S)[0] == {"told": True}


def test_a_child_that_stops_after_some_progress_is_killed(child: Child) -> None:
    child.request({"do": "echo"}, timeout_s=TIMEOUT_S)
    with pytest.raises(ChildTimedOut):
        child.request({"do": "tell", "sleep_s": 600}, timeout_s=0.2)


def test_a_child_that_is_ended_while_it_works_is_reported(child: Child) -> None:
    with pytest.raises(ChildDied):
        child.request(
            {"do": "tell", "sleep_s": 600},
            timeout_s=TIMEOUT_S,
            on_progress=lambda *_: child.kill(),
        )


def test_work_that_is_broken_off_ends_the_child(child: Child) -> None:
    def on_progress(_done: int, _total: int) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError):
        child.request({"do": "tell", "sleep_s": 600}, timeout_s=TIMEOUT_S, on_progress=on_progress)
    assert not Path(f"/proc/{child.pid}").exists()
