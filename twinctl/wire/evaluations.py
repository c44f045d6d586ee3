"""Evaluations: a twin on its owner's own questions."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from twinctl.wire.answers import CitationOut, ClaimOut
from twinctl.wire.search import Hit
from twinctl.wire.texts import SAID

Share = Annotated[float, Field(ge=0, le=1)]


class AttemptIn(BaseModel):
    """A question that is asked to see how a twin does; it begins no conversation."""

    question: Annotated[str, Field(min_length=1, max_length=10_000), SAID]


class AttemptOut(BaseModel):
    """An answer or a refusal that is kept nowhere, and the passages it was made from.

    `support` tells how well the sources support any answer, 0 to 1; below a half it is refused.
    """

    answer: str
    answered: bool
    confidence: float
    support: float
    citations: list[CitationOut]
    claims: list[ClaimOut]
    hits: list[Hit]
    took_ms: float


class Figures(BaseModel):
    """Shares of questions; null where no question was of the kind.

    `recall` counts those whose expected source or answer was among the passages; `answered` and
    `refused_wrongly` those that can be answered, `refused_rightly` those that cannot;
    `supported` is a share of the sentences of answers.
    """

    right: Share
    recall: Share | None = None
    answered: Share | None = None
    supported: Share | None = None
    refused_rightly: Share | None = None
    refused_wrongly: Share | None = None


class EvaluationIn(BaseModel):
    """The figures of a run of questions; `name` says from where they came."""

    name: str = Field(min_length=1, max_length=1_000)
    questions: int = Field(ge=1)
    figures: Figures


class EvaluationOut(EvaluationIn):
    """A run of questions that is kept."""

    id: str
    twin: str
    created_at: datetime


class EvaluationPage(BaseModel):
    """A page of runs, newest first; `next_cursor` is null on the last one."""

    evaluations: list[EvaluationOut]
    next_cursor: str | None = None
