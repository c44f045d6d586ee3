"""Many ask one child, and it is replaced when it dies and ended when nobody needs it."""

import errno
import os
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing

import pytest

from tests.support.waiting import wait_until
from twind.processes.child import Child, ChildDied
from twind.processes.shared import SharedChild

TIMEOUT_S = 60.0


def start() -> Child:
    return Child("tests.support.numbered_child", [], {**os.environ, "PYTHONPATH": "daemon"})


@pytest.fixture
def shared() -> Iterator[SharedChild]:
    with closing(SharedChild(start, keep_alive_s=None, patience_s=TIMEOUT_S)) as shared:
        yield shared


def test_each_request_gets_its_own_answer(shared: SharedChild) -> None:
    pending = [shared.ask({"do": "echo", "word": str(place)}) for place in range(50)]
    words = [one.result(TIMEOUT_S)[0]["word"] for one in pending]
    assert words == [str(place) for place in range(50)]


def test_what_a_dead_child_left_is_given_to_a_successor(shared: SharedChild) -> None:
    first = shared.ask({"do": "echo"}).result(TIMEOUT_S)[0]["pid"]
    stuck, waiting = shared.ask({"do": "echo", "die_as": first}), shared.ask({"do": "echo"})
    assert waiting.result(TIMEOUT_S)[0]["pid"] == shared.pid != first
    assert stuck.result(TIMEOUT_S)[0]["pid"] == shared.pid


def test_a_request_that_kills_its_second_child_fails(shared: SharedChild) -> None:
    with pytest.raises(ChildDied) as caught:
        shared.ask({"do": "die"}).result(TIMEOUT_S)
    assert caught.value.exit_code == 7
    assert shared.ask({"do": "echo"}).result(TIMEOUT_S)[0]["pid"] == shared.pid


def test_a_request_that_no_successor_can_be_started_for_fails() -> None:
    started: list[Child] = []

    def start_once() -> Child:
        if started:
            raise OSError(errno.ENOMEM, "no memory")
        started.append(start())
        return started[0]

    with closing(SharedChild(start_once, keep_alive_s=None, patience_s=TIMEOUT_S)) as shared:
        assert isinstance(shared.ask({"do": "die"}).exception(TIMEOUT_S), ChildDied)
        with pytest.raises(OSError, match="no memory"):
            shared.ask({"do": "echo"})
        started.clear()
        assert shared.ask({"do": "echo"}).result(TIMEOUT_S)[0]["pid"] == shared.pid


def test_a_child_without_work_is_ended_and_started_again() -> None:
    with closing(SharedChild(start, keep_alive_s=0, patience_s=TIMEOUT_S)) as shared:
        first = shared.ask({"do": "echo"}).result(TIMEOUT_S)[0]["pid"]
        wait_until(lambda: shared.pid is None)
        assert shared.ask({"do": "echo"}).result(TIMEOUT_S)[0]["pid"] != first


def test_a_child_that_stays_silent_over_its_work_is_ended() -> None:
    with (
        closing(SharedChild(start, keep_alive_s=None, patience_s=0.3)) as shared,
        pytest.raises(ChildDied),
    ):
        shared.ask({"do": "hang"}).result(TIMEOUT_S)


def test_closing_cancels_what_is_open_and_what_comes_later(shared: SharedChild) -> None:
    stuck = shared.ask({"do": "hang"})
    shared.close()
    for pending in (stuck, shared.ask({"do": "echo"})):
        with pytest.raises(CancelledError):
            pending.result(TIMEOUT_S)
