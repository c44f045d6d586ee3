"""The child's side of embedding: requests come in while others are worked on, questions overtake.

A request's header is `{"number": 3, "texts": [...], "urgent": false}`, the answer's
`{"number": 3, "tokens": [...]}`, the number of tokens of each text without special ones, and its
payload the vectors one behind the other, float32 little endian.
"""

import os
import threading
from collections.abc import Callable, Sequence
from typing import IO

from twind.models.base import Embedding
from twind.models.queue import TextQueue, TextRequest, WaitingText
from twind.processes.frames import NUMBER, BrokenFrame, read_frame, write_frame
from twind.processes.serve import open_channel

Embed = Callable[[Sequence[str]], list[Embedding]]


def serve_texts(load: Callable[[], Embed], *, threads: int, at_once: int) -> None:
    """Embed what the daemon asks for until it closes the pipe, then end the process.

    Requests are taken in while the model is still loading, so that the daemon never waits to
    get rid of one.

    Args:
        load: Returns what gives an embedding a text; an error of either ends the process.
        threads: How many threads embed at the same time.
        at_once: How many texts are embedded by one call at most.
    """
    source, sink = open_channel()
    queue = TextQueue()
    threading.excepthook = _end

    def start() -> None:
        server = _TextServer(load(), queue, sink, at_once)
        for _ in range(threads - 1):
            threading.Thread(target=server.work, daemon=True).start()
        server.work()

    threading.Thread(target=start, daemon=True).start()
    while True:
        try:
            header, _ = read_frame(source)
        except BrokenFrame:
            os._exit(0)  # threads may be at work
        queue.put(
            TextRequest(number=header[NUMBER], texts=header["texts"], urgent=header["urgent"])
        )


class _TextServer:
    def __init__(self, embed: Embed, queue: TextQueue, sink: IO[bytes], at_once: int) -> None:
        self._embed = embed
        self._queue = queue
        self._sink = sink
        self._at_once = at_once
        self._lock = threading.Lock()

    def work(self) -> None:
        """Embed texts and answer the requests that are done, for ever."""
        while True:
            taken = self._queue.take(self._at_once)
            made = self._embed([waiting.text for waiting in taken])
            for waiting, embedding in zip(taken, made, strict=True):
                self._keep(waiting, embedding)

    def _keep(self, waiting: WaitingText, embedding: Embedding) -> None:
        with self._lock:
            waiting.request.made[waiting.place] = embedding
            if waiting.request.is_done():
                self._answer(waiting.request)

    def _answer(self, request: TextRequest) -> None:
        made = [request.made[place] for place in range(len(request.texts))]
        header = {NUMBER: request.number, "tokens": [one.tokens for one in made]}
        write_frame(self._sink, header, b"".join(one.vector for one in made))


def _end(failure: threading.ExceptHookArgs) -> None:
    threading.__excepthook__(failure)
    os._exit(1)
