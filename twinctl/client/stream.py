"""Server-sent events: lines to chat events."""

import json
from collections.abc import Generator, Iterator

from pydantic import ValidationError

from twinctl.errors import DaemonUnreachable
from twinctl.wire.answers import ChatEvent


def read_events(lines: Iterator[str]) -> Generator[ChatEvent]:
    """Yield the events of a stream; comments (pings) and fields not known are passed over.

    Closing this generator closes `lines`, where that is a generator too.

    Raises:
        DaemonUnreachable: The stream holds something that is no chat event.
    """
    name, data = "", list[str]()
    try:
        for line in lines:
            if not line:
                if data:
                    yield _event(name, "\n".join(data))
                name, data = "", []
                continue
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
    finally:
        close = getattr(lines, "close", None)
        if close is not None:
            close()


def _event(name: str, data: str) -> ChatEvent:
    try:
        return ChatEvent.model_validate({"event": name, "data": json.loads(data)})
    except (json.JSONDecodeError, ValidationError) as error:
        raise DaemonUnreachable(
            f"the daemon sent an event that this twinctl does not know: {name!r}",
            hint="twinctl daemon restart",
        ) from error
