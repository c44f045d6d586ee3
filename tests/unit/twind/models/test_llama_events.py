"""Pieces of text that follow each other closely are sent as one."""

import json
from dataclasses import dataclass, field
from typing import Any

from twind.models.llama_events import REST_S, TextStream

END = {"end": True}


@dataclass(slots=True)
class Line:
    """What was sent, and a clock that stands until it is set."""

    now: float = 0.0
    sent: list[list[Any]] = field(default_factory=list)

    def open(self) -> TextStream:
        return TextStream(self._send, lambda: self.now)

    def _send(self, data: bytes) -> None:
        *events, rest = data.decode().split("\n\n")
        assert rest == ""
        read = [json.loads(event.removeprefix("data: ")) for event in events]
        self.sent.append([_text(event) if "choices" in event else event for event in read])


def _text(event: dict[str, Any]) -> str:
    (choice,) = event["choices"]
    return str(choice["delta"]["content"])


def test_the_first_piece_is_sent_at_once() -> None:
    line = Line()
    line.open().add("a")
    assert line.sent == [["a"]]


def test_pieces_that_follow_soon_wait_for_one_that_comes_later() -> None:
    line = Line()
    text = line.open()
    text.add("a")
    text.add("b")
    line.now = REST_S / 2
    text.add("c")
    line.now = REST_S
    text.add("d")
    assert line.sent == [["a"], ["bcd"]]


def test_pieces_that_come_slowly_are_sent_one_by_one() -> None:
    line = Line()
    text = line.open()
    for number, piece in enumerate("abcd"):
        line.now = number * REST_S
        text.add(piece)
    assert line.sent == [["a"], ["b"], ["c"], ["d"]]


def test_the_end_holds_nothing_back() -> None:
    line = Line()
    text = line.open()
    text.add("a")
    text.add("b")
    text.end(END, END)
    assert line.sent == [["a"], ["b", END, END]]


def test_a_stream_without_text_ends_with_its_last_event() -> None:
    line = Line()
    line.open().end(END)
    assert line.sent == [[END]]
