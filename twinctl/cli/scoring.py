"""How a twin does on questions whose answers are known."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from twinctl.errors import Misused
from twinctl.wire.evaluations import AttemptOut, Figures

SUPPORTED = 0.5
"""Support from which a sentence of an answer counts as supported."""
LONG_WORDS = 8
"""An expected answer of more words is given when at least half of them are."""

_WORD = re.compile(r"[^\W_]+")


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1, max_length=10_000)]


class Question(BaseModel):
    """A line of a file of questions.

    `answer` holds what may be said, any of it; `source` is a part of a path, address or title.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    question: Text
    answer: Annotated[list[Text], BeforeValidator(_listed)] = []
    source: Text | None = None
    answerable: bool = True

    @model_validator(mode="after")
    def _expects_nothing_unanswerable(self) -> Self:
        if not self.answerable and (self.answer or self.source):
            raise ValueError("a question that is not answerable has no answer and no source")
        return self


class Score(BaseModel):
    """How a question went; `found` is null where neither answer nor source was expected."""

    question: str
    answer: str
    answered: bool
    answerable: bool
    right: bool
    found: bool | None
    confidence: float
    support: float
    supports: list[float]


def read_questions(text: str, name: str) -> list[Question]:
    """Return the questions of a file, one JSON object a line.

    Raises:
        Misused: A line is none, or there is no question; the message names the line.
    """
    lines = enumerate(text.splitlines(), 1)
    questions = [_read(line, f"{name}, line {n}") for n, line in lines if line.strip()]
    if not questions:
        raise Misused(f"{name} holds no questions")
    return questions


def score(question: Question, attempt: AttemptOut) -> Score:
    """Return how a question went."""
    return Score(
        question=question.question,
        answer=attempt.answer,
        answered=attempt.answered,
        answerable=question.answerable,
        right=_is_right(question, attempt),
        found=_is_found(question, attempt),
        confidence=attempt.confidence,
        support=attempt.support,
        supports=[claim.support for claim in attempt.claims],
    )


def figures(scores: Sequence[Score]) -> Figures:
    """Return the figures of some questions, of at least one."""
    answerable = [each for each in scores if each.answerable]
    supports = [support for each in scores for support in each.supports]
    return Figures(
        right=sum(each.right for each in scores) / len(scores),
        recall=_share(each.found for each in scores if each.found is not None),
        answered=_share(each.answered for each in answerable),
        supported=_share(support >= SUPPORTED for support in supports),
        refused_rightly=_share(not each.answered for each in scores if not each.answerable),
        refused_wrongly=_share(not each.answered for each in answerable),
    )


def _read(line: str, where: str) -> Question:
    try:
        return Question.model_validate(json.loads(line))
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"])
        said = f"{field}: {fault['msg']}" if field else fault["msg"]
    except ValueError:
        said = "this is not JSON"
    raise Misused(f"{where}: {said}", hint='a line is: {"question": "…", "answer": "…"}')


def _is_right(question: Question, attempt: AttemptOut) -> bool:
    if not question.answerable or not attempt.answered:
        return question.answerable == attempt.answered
    if question.answer:
        return any(_says(attempt.answer, expected) for expected in question.answer)
    cited = [f"{cited.uri}\n{cited.title}" for cited in attempt.citations]
    return question.source is None or any(_holds(place, question.source) for place in cited)


def _is_found(question: Question, attempt: AttemptOut) -> bool | None:
    if question.source is not None:
        places = [f"{hit.uri}\n{hit.title}" for hit in attempt.hits]
        return any(_holds(place, question.source) for place in places)
    if question.answer:
        return any(_says(hit.text, each) for hit in attempt.hits for each in question.answer)
    return None


def _holds(place: str, source: str) -> bool:
    return source.casefold() in place.casefold()


def _says(text: str, expected: str) -> bool:
    """Tell whether a text has an expected answer, whatever its case and punctuation."""
    said, wanted = _words(text), _words(expected)
    if len(wanted) > LONG_WORDS:
        return len(set(wanted) & set(said)) >= len(set(wanted)) / 2
    return f" {' '.join(wanted)} " in f" {' '.join(said)} "


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _share(marks: Iterable[bool]) -> float | None:
    counted = list(marks)
    return sum(counted) / len(counted) if counted else None
