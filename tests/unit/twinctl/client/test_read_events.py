from collections.abc import Iterator

import pytest

from twinctl.client.stream import read_events
from twinctl.errors import DaemonUnreachable


def test_events_come_in_order_and_pings_are_passed_over() -> None:
    lines = ["event: status", 'data: {"stage":"search"}', "", ": ping", "", "event: delta"]
    lines += ['data: {"text":', 'data: "Paris: yes"}', ""]
    events = [(event.event, event.data) for event in read_events(iter(lines))]
    assert events == [("status", {"stage": "search"}), ("delta", {"text": "Paris: yes"})]


def test_an_event_that_was_cut_off_is_not_given() -> None:
    assert list(read_events(iter(["event: delta", 'data: {"text": "half']))) == []


@pytest.mark.parametrize(
    "line", ["data: no json", 'data: {"text": "of no kind"}'], ids=["no json", "no name"]
)
def test_what_is_no_chat_event_is_an_error(line: str) -> None:
    with pytest.raises(DaemonUnreachable):
        list(read_events(iter(["event: odd", line, ""])))


def test_closing_the_events_closes_the_lines() -> None:
    closed = []

    def lines() -> Iterator[str]:
        try:
            while True:
                yield from ["event: delta", 'data: {"text": "x"}', ""]
        finally:
            closed.append(True)

    events = read_events(lines())
    next(events)
    events.close()
    assert closed == [True]
