"""How a twin did on its owner's own questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares of questions, 0 to 1; None where no question was of the kind.

    Attributes:
        right: Answered as expected, or refused where the sources hold no answer.
        recall: Of those whose answer or source was given: it was among the passages found.
        answered: Of those that can be answered: answered.
        supported: Of the sentences of all answers: supported by what they cite.
        refused_rightly: Of those that cannot be answered: refused.
        refused_wrongly: Of those that can be answered: refused.
    """

    right: float
    recall: float | None
    answered: float | None
    supported: float | None
    refused_rightly: float | None
    refused_wrongly: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One run of questions; `name` says from where they came, the time is in UTC seconds."""

    id: str
    twin_id: str
    name: str
    questions: int
    figures: Figures
    created_at: float
