from collections.abc import Iterator

import pytest

from twinctl.client.stream import read_events
from twinctl.errors import DaemonUnreachable
from twinctl.wire.answers import ChatEvent
from twinctl.wire.events import EVENT, Gone, JobChanged, Ready

chat_event = ChatEvent.model_validate


def test_events_come_in_order_and_pings_are_passed_over() -> None:
    lines = ["event: status", 'data: {"stage":"search"}', "", ": ping", "", "event: delta"]
    lines += ['data: {"text":', 'data: "Paris: yes"}', ""]
    events = [(event.event, event.data) for event in read_events(iter(lines), chat_event)]
    assert events == [("status", {"stage": "search"}), ("delta", {"text": "Paris: yes"})]


def test_an_event_that_was_cut_off_is_not_given() -> None:
    assert list(read_events(iter(["event: delta", 'data: {"text": "half']), chat_event)) == []


@pytest.mark.parametrize(
    "line", ["data: no json", 'data: {"text": "of no kind"}'], ids=["no json", "no name"]
)
def test_what_is_no_chat_event_is_an_error(line: str) -> None:
    with pytest.raises(DaemonUnreachable):
        list(read_events(iter(["event: odd", line, ""]), chat_event))


def test_closing_the_events_closes_the_lines() -> None:
    closed = []

    def lines() -> Iterator[str]:
        try:
            while True:
                yield from ["event: delta", 'data: {"text": "x"}', ""]
        finally:
            closed.append(True)

    events = read_events(lines(), chat_event)
    next(events)
    events.close()
    assert closed == [True]


def test_changes_are_read_by_their_names() -> None:
    gone = '{"id": "job_1", "status": "deleted"}'
    lines = ["event: ready", "data: {}", "", "event: job", f"data: {gone}", ""]
    ready, changed = read_events(iter(lines), EVENT.validate_python)
    assert isinstance(ready, Ready)
    assert changed == JobChanged(event="job", data=Gone(id="job_1"))
