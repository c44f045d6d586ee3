"""Events that follow each other closely are sent together."""

import json
from dataclasses import dataclass, field

from twind.models.llama_events import REST_S, EventStream


@dataclass(slots=True)
class Line:
    """What was sent, and a clock that stands until it is set."""

    now: float = 0.0
    sent: list[list[int]] = field(default_factory=list)

    def open(self) -> EventStream:
        return EventStream(self._send, lambda: self.now)

    def _send(self, data: bytes) -> None:
        *events, rest = data.decode().split("\n\n")
        assert rest == ""
        self.sent.append([json.loads(event.removeprefix("data: "))["n"] for event in events])


def test_the_first_event_is_sent_at_once() -> None:
    line = Line()
    line.open().add({"n": 1})
    assert line.sent == [[1]]


def test_events_that_follow_soon_wait_for_one_that_comes_later() -> None:
    line = Line()
    events = line.open()
    events.add({"n": 1})
    events.add({"n": 2})
    line.now = REST_S / 2
    events.add({"n": 3})
    line.now = REST_S
    events.add({"n": 4})
    assert line.sent == [[1], [2, 3, 4]]


def test_events_that_come_slowly_are_sent_one_by_one() -> None:
    line = Line()
    events = line.open()
    for n in range(4):
        line.now = n * REST_S
        events.add({"n": n})
    assert line.sent == [[0], [1], [2], [3]]


def test_the_end_holds_nothing_back() -> None:
    line = Line()
    events = line.open()
    events.add({"n": 1})
    events.add({"n": 2})
    events.end({"n": 3}, {"n": 4})
    assert line.sent == [[1], [2, 3, 4]]


def test_a_stream_without_text_ends_with_its_last_event() -> None:
    line = Line()
    line.open().end({"n": 1})
    assert line.sent == [[1]]
