"""Routes of evaluations."""

from dataclasses import asdict

from fastapi import APIRouter

from twinctl.wire.evaluations import (
    AttemptIn,
    AttemptOut,
    EvaluationIn,
    EvaluationOut,
    EvaluationPage,
)
from twinctl.wire.evaluations import Figures as FiguresOut
from twind.api.context import ScopeDep, ServicesDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.search import hit_out
from twind.domain.evaluations import Evaluation, Figures
from twind.domain.keys import Scope
from twind.domain.twins import Twin
from twind.serving.locators import citation_out, claim_out
from twind.serving.scopes import needs
from twind.serving.times import moment

router = APIRouter(prefix="/evaluations/{twin_id}", tags=["evaluations"])


@router.get("", dependencies=[needs(Scope.STATS_READ)])
def list_evaluations(
    scope: ScopeDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> EvaluationPage:
    """List the runs of questions of a twin, newest first."""
    page = scope.tenant.evaluations.list(scope.twin.id, limit=limit, cursor=cursor)
    evaluations = [evaluation_out(scope.twin, each) for each in page]
    return EvaluationPage(evaluations=evaluations, next_cursor=page.next_cursor)


@router.post("", status_code=201, dependencies=[needs(Scope.SOURCES_WRITE)])
def add_evaluation(scope: ScopeDep, evaluation: EvaluationIn) -> EvaluationOut:
    """Keep the figures of a run of questions."""
    figures = Figures(**evaluation.figures.model_dump())
    kept = scope.tenant.evaluations.add(
        scope.twin.id, evaluation.name, evaluation.questions, figures
    )
    return evaluation_out(scope.twin, kept)


@router.post("/attempts", dependencies=[needs(Scope.CHAT)])
def attempt(scope: ScopeDep, services: ServicesDep, question: AttemptIn) -> AttemptOut:
    """Answer a question without keeping it, and show what was found for it."""
    tried = services.answers.attempt(scope.tenant, scope.twin, question.question)
    answer = tried.answer
    return AttemptOut(
        answer=answer.text,
        answered=answer.answered,
        confidence=answer.confidence,
        support=answer.support,
        citations=[citation_out(citation) for citation in answer.citations],
        claims=[claim_out(claim) for claim in answer.claims],
        hits=[hit_out(rank, passage) for rank, passage in enumerate(tried.passages, 1)],
        took_ms=tried.took_ms,
    )


def evaluation_out(twin: Twin, evaluation: Evaluation) -> EvaluationOut:
    """Return a run of questions as it travels."""
    return EvaluationOut(
        id=evaluation.id,
        twin=twin.slug,
        name=evaluation.name,
        questions=evaluation.questions,
        figures=FiguresOut(**asdict(evaluation.figures)),
        created_at=moment(evaluation.created_at),
    )
