"""What is counted of an audience: single events, and the figures of a day that are made of them.

Days are those of UTC and count from 1970.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

SECONDS_A_DAY = 86_400

COURTESY = "courtesy"
"""Reason of an event in which nothing was asked."""

_GROWTH = 1.1
_FASTEST_MS = 0.1


class Rating(StrEnum):
    """What somebody thinks of an answer."""

    UP = "up"
    DOWN = "down"


class Dimension(StrEnum):
    """What the questions of a day are counted by."""

    CHANNEL = "channel"
    HOST = "host"
    REASON = "reason"
    SOURCE = "source"
    LATENCY = "latency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A question that was asked, as it is counted.

    Attributes:
        asked_at: UTC seconds.
        channel: The way it came.
        session: What its conversation belongs to, or the conversation itself.
        visitor: Pseudonym; empty for the owner, and where the person wants no trace.
        host: Of the page it was asked on; empty where there is none.
        answered: False for a refusal.
        reason: Why it was refused; `COURTESY` where nothing was asked.
        took_ms: From the question to the whole answer.
        sources: Ids of the sources that the answer cites, each once.
        rating: What the one who asked thinks of the answer.
        is_closed: Whether it was refused and could be answered since.
        group_key: The questions it belongs to; None until that is found out.
    """

    asked_at: float
    channel: str
    session: str
    visitor: str
    host: str
    answered: bool
    reason: str | None
    took_ms: float
    sources: tuple[str, ...]
    rating: Rating | None
    is_closed: bool
    group_key: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """The figures of a day.

    `came_again` counts the visitors who came again after a pause; a session is what is asked
    without one.
    """

    questions: int = 0
    answered: int = 0
    visitors: int = 0
    came_again: int = 0
    sessions: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The questions that have a channel, a host, a source and so on in common."""

    dimension: Dimension
    name: str
    questions: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """The questions of a group.

    `visitors` counts each visitor once a day; what is `open` was refused, and nobody has answered
    it since.
    """

    group_key: int
    questions: int
    answered: int
    visitors: int
    open_questions: int
    open_visitors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """All figures of a day."""

    figures: DayFigures
    counts: tuple[Count, ...]
    groups: tuple[GroupCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungrouped:
    """A question that belongs to no group yet.

    Attributes:
        key: Of its event.
        twin_id: The twin that was asked.
        question: Its words.
        plain: The same without what is no difference.
        model: What made the vector; None where there is none.
        vector: Of the question.
    """

    key: int
    twin_id: str
    question: str
    plain: str
    model: str | None
    vector: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that mean the same, and the one that stands for them."""

    key: int
    id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that was refused and that nobody has answered since."""

    message_id: str
    conversation_id: str
    question: str
    visitor: str
    asked_at: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the counts of one name come to in a period."""

    name: str
    questions: int
    answered: int


def day_of(seconds: float) -> int:
    """Return the day of a time in UTC seconds."""
    return int(seconds // SECONDS_A_DAY)


def latency_step(took_ms: float) -> int:
    """Return the step of a latency on a scale where each is a tenth longer than the one before.

    As in DDSketch (Masson, Rim and Lee, 2019): percentiles read from counts of steps are within
    a fixed share of the true ones.
    """
    return math.ceil(math.log(max(took_ms, _FASTEST_MS), _GROWTH))


def step_ms(step: int) -> float:
    """Return a latency that is at most 5 % from all of a step."""
    return 2 * _GROWTH**step / (_GROWTH + 1)
