"""Server-sent events from a plain generator, closed as soon as the reader goes away."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import closing
from typing import Any

from twinctl.wire.answers import ChatEvent

log = logging.getLogger(__name__)

PING_S = 10.0
PING = b": ping\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
Events = Generator[ChatEvent, None, None]
Frames = Generator[bytes, None, None]


def server_sent_events(events: Events) -> AsyncGenerator[bytes, None]:
    """Yield named events as bytes; see `stream`."""
    return stream(_encoded(events))


async def stream(frames: Frames) -> AsyncGenerator[bytes, None]:
    """Yield encoded events, with a comment while nothing happens.

    The generator runs in worker threads, a step at a time. When the reader goes away it is
    closed after the step it is in, so that whatever it holds is freed at once.
    """
    step: asyncio.Future[bytes | None] | None = None
    try:
        while True:
            step = step or asyncio.ensure_future(asyncio.to_thread(next, frames, None))
            done, _ = await asyncio.wait([step], timeout=PING_S)
            if not done:
                yield PING
                continue
            frame, step = step.result(), None
            if frame is None:
                return
            yield frame
    finally:
        close_after(frames, step)


def close_after(steps: Generator[Any, None, None], step: "asyncio.Future[Any] | None") -> None:
    """Close what is worked on in threads, after the step that it is in."""
    if step is None or step.done():
        steps.close()
    else:
        step.add_done_callback(lambda _: steps.close())


def _encoded(events: Events) -> Frames:
    with closing(events):
        for event in events:
            yield encode(event.event, json.dumps(event.data))


def encode(name: str, data: str) -> bytes:
    """Return one event, with JSON as its data, in the form of `text/event-stream`."""
    return f"event: {name}\ndata: {data}\n\n".encode()
