"""What an audience asks of a twin, and what became of it.

Days are those of UTC. Visitors are known for a day only, unless a site names them: a visitor who
comes on two days is counted on both, and no sum over days tells how many people there were.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from twinctl.wire.verified import Answer, Question

Rating = Literal["up", "down"]


class DayOut(BaseModel):
    """What was asked on a day; `sessions` are those that began on it."""

    day: date
    questions: int
    answered: int
    visitors: int
    sessions: int


class ReasonOut(BaseModel):
    """How often one reason was given for a refusal."""

    reason: str
    count: int


class GroupOut(BaseModel):
    """Questions that mean the same, under the first of them.

    `visitors` counts each visitor once a day. `trend` is how many more were asked than in as many
    days before.
    """

    id: str
    question: str
    count: int
    answered: int
    visitors: int
    trend: int


class GapOut(BaseModel):
    """Questions that mean the same, were refused and are still open.

    `count` and `visitors` are those of the refused questions only; `visitors` counts each visitor
    once a day. `reason` is the last one that was given.
    """

    id: str
    question: str
    count: int
    visitors: int
    reason: str
    last_asked: datetime


class CitedOut(BaseModel):
    """A source and how many answers cite it."""

    source_id: str
    title: str
    uri: str
    count: int


class CitedSources(BaseModel):
    """The most cited sources, and the first of those that no answer cites."""

    most: list[CitedOut]
    never: list[CitedOut]
    never_total: int


class FeedbackCounts(BaseModel):
    """How answers were rated."""

    up: int
    down: int


class LatencyOut(BaseModel):
    """From the question to the whole answer, within 5 %; null where nothing was asked."""

    p50_ms: float | None
    p95_ms: float | None


class ChannelOut(BaseModel):
    """Questions of a channel: `chat` (the owner), `widget`, `share` or `api`."""

    channel: str
    count: int
    answered: int


class HostOut(BaseModel):
    """Questions asked on the pages of a host."""

    host: str
    count: int
    answered: int


class DashboardOut(BaseModel):
    """The figures of the last `days` days, today among them.

    `answered_rate` is null where nothing was asked. `daily_visitors` has one number a day, oldest
    first. `returning` counts, day by day, visitors who came again after a pause.
    """

    days: int
    questions: int
    answered: int
    answered_rate: float | None
    sessions: int
    daily_visitors: list[int]
    returning: int
    feedback: FeedbackCounts
    latency: LatencyOut


class AudienceOut(DashboardOut):
    """Everything about an audience in one document; lists have the largest count first."""

    refusals: list[ReasonOut]
    daily: list[DayOut]
    groups: list[GroupOut]
    gaps: list[GapOut]
    sources: CitedSources
    channels: list[ChannelOut]
    hosts: list[HostOut]


class DailyOut(BaseModel):
    """Day by day, oldest first, without holes."""

    days: list[DayOut]


class TopQuestions(BaseModel):
    """Groups of questions, the most asked first."""

    questions: list[GroupOut]


class GapQuestion(BaseModel):
    """A refused question of a gap. `visitor` is empty for the owner and for who wants no trace."""

    message_id: str
    conversation_id: str
    question: str
    visitor: str
    asked_at: datetime


class GapDetail(BaseModel):
    """A gap with its refused questions, newest first; at most 500 of them."""

    id: str
    question: str
    count: int
    questions: list[GapQuestion]


class GapAnswer(BaseModel):
    """The answer that closes a gap, and the question that it is kept under."""

    question: Question
    answer: Answer


class GapClosed(BaseModel):
    """How a gap did when its refused questions were asked again.

    `asked` and `answered` count questions as often as they were asked; `still_refused` has each
    wording once.
    """

    verified_id: str
    asked: int
    answered: int
    still_refused: list[str]


class ForgetIn(BaseModel):
    """Whom to forget: a pseudonym, or `named:` and the name that the site gave."""

    visitor: Annotated[str, Field(min_length=1, max_length=300)]


class Forgotten(BaseModel):
    """What was erased of a visitor."""

    events: int
    conversations: int


class FeedbackIn(BaseModel):
    """A rating of an answer; null takes it back."""

    feedback: Rating | None = None


class FeedbackOut(BaseModel):
    """The rating of an answer as it stands."""

    message_id: str
    feedback: Rating | None
