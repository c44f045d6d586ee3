"""What threads tell the screens. Handlers alone change widgets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.worker import Worker

from twinctl.errors import TwinctlError
from twinctl.wire.events import Gone
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceOut


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Jobs and sources of all twins of the tenant as they are after their last change, by id."""

    jobs: dict[str, JobOut | Gone]
    sources: dict[str, SourceOut | Gone]


class Answered(Message):
    """What a screen asked for is there, or a part of it; `then` shows it."""

    def __init__(self, then: Callable[[], None], worker: Worker[Any]) -> None:
        self.then = then
        self._worker = worker
        super().__init__()

    @property
    def is_outdated(self) -> bool:
        """Whether the same was asked anew meanwhile."""
        return self._worker.is_cancelled


class Failed(Message):
    """What a screen asked for failed.

    Attributes:
        error: Why, with the way out.
        is_action: The user asked for a change, and is told in a window; else in the banner.
    """

    def __init__(self, error: TwinctlError, *, is_action: bool) -> None:
        self.error = error
        self.is_action = is_action
        super().__init__()


class Connected(Message):
    """The daemon answers, for the first time or again."""


class Lost(Message):
    """The daemon does not answer."""

    def __init__(self, error: TwinctlError) -> None:
        self.error = error
        super().__init__()


class Changed(Message):
    """There is news to take from `Live`."""
