"""What happens while an answer is made, for whoever listens."""

from dataclasses import dataclass

from twind.domain.answers import Answer, Citation, RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the twin does now: `searching`, `reading` or `writing`.

    `question` is what is searched for, where a follow-up was made a question of its own.
    """

    name: str
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The sources do not support an answer."""

    reason: RefusalReason | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The whole answer, once it is kept; `generator` names what wrote it.

    `question` is what was answered, where a follow-up was made a question of its own.
    """

    answer: Answer
    generator: str
    conversation_id: str
    took_ms: float
    question: str | None = None


AnswerEvent = Stage | Delta | Refused | Citation | Reply
