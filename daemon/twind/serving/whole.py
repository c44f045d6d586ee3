"""Answers in one piece, given up as soon as whoever asked goes away."""

import asyncio
from collections.abc import Callable, Generator

from fastapi.responses import Response
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from twind.answer.events import AnswerEvent, Reply
from twind.serving.streaming import close_after

Steps = Generator[AnswerEvent, None, None]


class WholeAnswer(Response):
    """The document of an answer, sent once the answer is made.

    What goes wrong on the way becomes a problem document, since nothing was sent before.
    """

    def __init__(self, steps: Steps, form: Callable[[Reply], BaseModel]) -> None:
        """Take what is answered.

        Args:
            steps: What happens while it is made; the last is the `Reply`.
            form: Makes the document.
        """
        super().__init__(media_type="application/json")
        self._steps = steps
        self._form = form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the answer, and send it if somebody still waits for it."""
        reply = await _reply(self._steps, receive)
        if reply is not None:
            body = self._form(reply).model_dump_json()
            await Response(body, media_type=self.media_type)(scope, receive, send)


async def _reply(steps: Steps, receive: Receive) -> Reply | None:
    """Return how an answer ends; None where its reader went away before.

    It is made in worker threads, a step at a time, and closed after the step it is in.
    """
    leaving = asyncio.ensure_future(_disconnected(receive))
    step: asyncio.Future[AnswerEvent | None] | None = None
    try:
        while not leaving.done():
            step = asyncio.ensure_future(asyncio.to_thread(next, steps, None))
            await asyncio.wait([step, leaving], return_when=asyncio.FIRST_COMPLETED)
            if step.done() and isinstance(reply := step.result(), Reply):
                return reply
        return None
    finally:
        leaving.cancel()
        close_after(steps, step)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
