from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Event

import pytest

from twind.answer.desk import Desk


def test_so_many_read_at_once_and_no_more() -> None:
    desk, together = Desk(2), Barrier(3)

    def read() -> bool:
        with desk.reading():
            try:
                together.wait(timeout=0.2)
            except BrokenBarrierError:
                return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert not any(pool.map(lambda _: read(), range(3)))


def test_readers_give_way_while_somebody_is_heard() -> None:
    desk, order, has_begun = Desk(1), list[str](), Event()

    def read() -> None:
        has_begun.set()
        with desk.reading():
            order.append("read")

    with ThreadPoolExecutor(1) as pool:
        with desk.hearing():
            reader = pool.submit(read)
            has_begun.wait()
            order.append("heard")
        reader.result()

    assert order == ["heard", "read"]


def test_readers_do_not_give_way_for_ever() -> None:
    desk = Desk(1)

    with desk.hearing(), ThreadPoolExecutor(1) as pool:

        def read() -> str:
            with desk.reading():
                return "read"

        assert pool.submit(read).result() == "read"


def test_a_question_that_fails_is_heard_no_longer() -> None:
    desk = Desk(1)
    with pytest.raises(ValueError, match="no question"), desk.hearing():
        raise ValueError("no question")

    with desk.reading():
        assert desk._heard == 0
