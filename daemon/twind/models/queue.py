"""Texts that wait in the child of a model: those of questions first, the others as they came."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from twind.models.base import Embedding


@dataclass(slots=True, kw_only=True)
class TextRequest:
    """Texts that are asked for at once.

    Attributes:
        number: What its answer is called.
        texts: What to embed.
        urgent: Whether somebody waits for it: it goes before what is not.
        made: Embeddings by the places of their texts, as far as they are made.
    """

    number: int
    texts: Sequence[str]
    urgent: bool
    made: dict[int, Embedding] = field(default_factory=dict)

    def is_done(self) -> bool:
        """Say whether every text has its embedding."""
        return len(self.made) == len(self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingText:
    """One text of a request."""

    request: TextRequest
    place: int

    @property
    def text(self) -> str:
        """The text itself."""
        return self.request.texts[self.place]


class TextQueue:
    """Takes requests and hands out their texts, for several threads."""

    def __init__(self) -> None:
        self._urgent: deque[WaitingText] = deque()
        self._bulk: deque[WaitingText] = deque()
        self._filled = threading.Condition()

    def put(self, request: TextRequest) -> None:
        """Queue the texts of a request, long ones first.

        So neighbours are alike in length, and what is left for the end is short.
        """
        places = sorted(
            range(len(request.texts)), key=lambda place: len(request.texts[place]), reverse=True
        )
        with self._filled:
            waiting = self._urgent if request.urgent else self._bulk
            waiting.extend(WaitingText(request=request, place=place) for place in places)
            self._filled.notify(len(places))

    def take(self, most: int) -> list[WaitingText]:
        """Return the next texts, at least one; wait until there is one."""
        with self._filled:
            self._filled.wait_for(lambda: self._urgent or self._bulk)
            waiting = self._urgent or self._bulk
            return [waiting.popleft() for _ in range(min(most, len(waiting)))]
