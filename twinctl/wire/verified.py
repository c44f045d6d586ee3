"""Verified answers: questions and the answers that the owner gave to them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from twinctl.wire.texts import LINE, WORDS

Question = Annotated[str, Field(min_length=1, max_length=1_000), LINE]
Answer = Annotated[str, Field(min_length=1, max_length=10_000), WORDS]


class VerifiedIn(BaseModel):
    """A question and the owner's answer, which is given word for word."""

    question: Question
    answer: Answer


class VerifiedPatch(BaseModel):
    """What to change of a verified answer; what is null stays."""

    question: Question | None = None
    answer: Answer | None = None


class VerifiedOut(BaseModel):
    """A verified answer."""

    id: str
    twin: str
    question: str
    answer: str
    created_at: datetime
    updated_at: datetime


class VerifiedPage(BaseModel):
    """A page of verified answers, newest first; `next_cursor` is null on the last one."""

    answers: list[VerifiedOut]
    next_cursor: str | None = None
