"""Texts that wait to be embedded: questions first, bulk in micro-batches of like length."""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future

from twind.models.base import Embedding

Waiting = tuple[str, "Future[Embedding]"]
WINDOW = 256


class EmbeddingQueue:
    """Collects texts of many callers and hands out what to embed next.

    A question waits for one micro-batch at most. A micro-batch holds the text that has waited
    longest and the ones nearest to it in length, so that little of it is padding.
    """

    def __init__(self, batch: int) -> None:
        self._batch = batch
        self._questions: deque[list[Waiting]] = deque()
        self._bulk: list[Waiting] = []
        self._filled = threading.Condition()
        self._closed = False

    def put(self, texts: Sequence[str], *, urgent: bool) -> "list[Future[Embedding]]":
        """Queue texts; the futures give an embedding each, in the same order."""
        waiting: list[Waiting] = [(text, Future()) for text in texts]
        with self._filled:
            if self._closed:
                for _, future in waiting:
                    future.cancel()
            elif urgent:
                self._questions.append(waiting)
            else:
                self._bulk.extend(waiting)
            self._filled.notify()
        return [future for _, future in waiting]

    def take(self, timeout_s: float | None) -> list[Waiting] | None:
        """Return what to embed next, an empty list after `timeout_s`, or None once closed."""
        with self._filled:
            self._filled.wait_for(self._has_work, timeout_s)
            if self._questions:
                return self._questions.popleft()
            if self._bulk:
                return self._next_batch()
            return None if self._closed else []

    def close(self) -> None:
        """Cancel what waits and let `take` end."""
        with self._filled:
            self._closed = True
            for _, future in [*self._bulk, *(item for part in self._questions for item in part)]:
                future.cancel()
            self._bulk.clear()
            self._questions.clear()
            self._filled.notify_all()

    def _has_work(self) -> bool:
        return bool(self._questions or self._bulk or self._closed)

    def _next_batch(self) -> list[Waiting]:
        near = self._bulk[:WINDOW]
        length = len(near[0][0])
        order = sorted(
            range(len(near)), key=lambda place: (abs(len(near[place][0]) - length), place)
        )
        chosen = set(order[: self._batch])
        self._bulk[:WINDOW] = [item for place, item in enumerate(near) if place not in chosen]
        return [near[place] for place in sorted(chosen)]
