"""Server-sent events: lines to wire models."""

import json
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

from twinctl.errors import DaemonUnreachable

Parsed = TypeVar("Parsed")


def read_events(
    lines: Iterator[str], parse: Callable[[dict[str, Any]], Parsed]
) -> Generator[Parsed]:
    """Yield the events of a stream; comments (pings) and fields not known are passed over.

    Closing this generator closes `lines`, where that is a generator too.

    Args:
        lines: What was sent.
        parse: Makes a wire model of `{"event": its name, "data": its JSON}`.

    Raises:
        DaemonUnreachable: The stream holds something else.
    """
    name, data = "", list[str]()
    try:
        for line in lines:
            if not line:
                if data:
                    yield _parsed(parse, name, "\n".join(data))
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


def _parsed(parse: Callable[[dict[str, Any]], Parsed], name: str, data: str) -> Parsed:
    try:
        return parse({"event": name, "data": json.loads(data)})
    except ValueError as error:
        raise DaemonUnreachable(
            f"the daemon sent an event that this twinctl does not know: {name!r}",
            hint="twinctl daemon restart",
        ) from error
