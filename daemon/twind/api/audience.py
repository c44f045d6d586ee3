"""Routes of the audience: what people ask a twin, and what the owner does about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from twinctl.wire.audience import (
    AudienceOut,
    FeedbackIn,
    FeedbackOut,
    ForgetIn,
    Forgotten,
    GapAnswer,
    GapClosed,
    GapDetail,
    GapQuestion,
)
from twind.api.context import ScopeDep, ServicesDep, TenantDep
from twind.api.figures import audience_out
from twind.api.sources import LONGEST_WAIT_S
from twind.audience.reports import Period
from twind.domain.audience import OWNER
from twind.domain.keys import Scope
from twind.domain.metrics import Rating
from twind.serving.scopes import GrantDep, needs
from twind.serving.times import moment

USUAL_DAYS = 30
MOST_DAYS = 3660

router = APIRouter(tags=["audience"])


def period_of(
    scope: ScopeDep,
    services: ServicesDep,
    days: Annotated[
        int, Query(ge=1, le=MOST_DAYS, description="Days in UTC, today among them")
    ] = USUAL_DAYS,
) -> Period:
    """Return the days that the request is about."""
    return services.audience.reports.period(scope.tenant, scope.twin.id, days)


PeriodDep = Annotated[Period, Depends(period_of)]


@router.get("/audience/{twin_id}", dependencies=[needs(Scope.STATS_READ)])
def show_audience(period: PeriodDep) -> AudienceOut:
    """Tell what was asked in the last days, and what became of it."""
    return audience_out(period)


@router.get("/audience/{twin_id}/gaps/{group_id}", dependencies=[needs(Scope.STATS_READ)])
def show_gap(scope: ScopeDep, services: ServicesDep, group_id: str) -> GapDetail:
    """Show the refused questions of a group, newest first."""
    gap = services.gaps.show(scope.tenant, scope.twin.id, group_id)
    return GapDetail(
        id=gap.group.id,
        question=gap.group.question,
        count=gap.count,
        questions=[
            GapQuestion(
                message_id=asked.message_id,
                conversation_id=asked.conversation_id,
                question=asked.question,
                visitor=asked.visitor,
                asked_at=moment(asked.asked_at),
            )
            for asked in gap.questions
        ],
    )


@router.post(
    "/audience/{twin_id}/gaps/{group_id}/close", dependencies=[needs(Scope.SOURCES_WRITE)]
)
def close_gap(
    scope: ScopeDep, services: ServicesDep, group_id: str, given: GapAnswer
) -> GapClosed:
    """Vouch for an answer and ask the refused questions of the group again.

    An answer that was given to the same question before is exchanged. Up to 500 questions are
    asked again, the newest; what is answered now is no gap any longer.
    """
    closed = services.gaps.close(
        scope.tenant, scope.twin, group_id, question=given.question, answer=given.answer
    )
    return GapClosed(
        verified_id=closed.verified.id,
        asked=closed.asked,
        answered=closed.answered,
        still_refused=list(closed.refused),
    )


@router.post("/audience/{twin_id}/forget", dependencies=[needs(Scope.ADMIN)])
def forget(scope: ScopeDep, services: ServicesDep, whom: ForgetIn) -> Forgotten:
    """Erase what a visitor asked, with the conversations; every figure is made anew without."""
    gone = services.audience.collector.forget(scope.tenant, scope.twin.id, whom.visitor)
    services.store.erasure.wait(LONGEST_WAIT_S)
    return Forgotten(events=gone.events, conversations=gone.conversations)


@router.put("/messages/{message_id}/feedback", dependencies=[needs(Scope.CHAT)])
def rate(
    tenant: TenantDep, services: ServicesDep, grant: GrantDep, message_id: str, given: FeedbackIn
) -> FeedbackOut:
    """Rate an answer that you were given, or take the rating back.

    Whoever asked says what an answer was worth: the owner, a key, or, on the public listener, a
    visitor.
    """
    rating = Rating(given.feedback) if given.feedback else None
    session = grant.key.id if grant.key else OWNER.session
    services.audience.collector.rate(tenant, message_id, rating, session)
    return FeedbackOut(message_id=message_id, feedback=given.feedback)
