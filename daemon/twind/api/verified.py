"""Routes of verified answers."""

from typing import Annotated

from fastapi import APIRouter, Depends

from twinctl.wire.verified import VerifiedIn, VerifiedOut, VerifiedPage, VerifiedPatch
from twind.api.context import ScopeDep, ServicesDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.sources import LONGEST_WAIT_S
from twind.domain.keys import Scope
from twind.domain.verified import VerifiedAnswer
from twind.serving.scopes import GrantDep, needs
from twind.serving.times import moment
from twind.store.store import Tenant
from twind.store.verified import no_verified

router = APIRouter(tags=["verified answers"])


def verified_of(tenant: TenantDep, grant: GrantDep, qna_id: str) -> VerifiedAnswer:
    """Return the verified answer that the path names.

    Raises:
        NotFound: No such answer, or its twin is beyond the reach of the key.
    """
    verified = tenant.verified.get(qna_id)
    if not grant.reaches(verified.twin_id):
        raise no_verified(qna_id)
    return verified


VerifiedDep = Annotated[VerifiedAnswer, Depends(verified_of)]


@router.get("/twins/{twin_id}/verified-qna", dependencies=[needs(Scope.SOURCES_READ)])
def list_verified(
    scope: ScopeDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> VerifiedPage:
    """List the verified answers of a twin, newest first."""
    page = scope.tenant.verified.list(scope.twin.id, limit=limit, cursor=cursor)
    return VerifiedPage(
        answers=[verified_out(scope.tenant, each) for each in page], next_cursor=page.next_cursor
    )


@router.post(
    "/twins/{twin_id}/verified-qna", status_code=201, dependencies=[needs(Scope.SOURCES_WRITE)]
)
def add_verified(scope: ScopeDep, verified: VerifiedIn) -> VerifiedOut:
    """Keep an answer that is given, word for word, to whoever asks the same."""
    made = scope.tenant.verified.add(scope.twin.id, verified.question, verified.answer)
    return verified_out(scope.tenant, made)


@router.get("/verified-qna/{qna_id}", dependencies=[needs(Scope.SOURCES_READ)])
def show_verified(tenant: TenantDep, verified: VerifiedDep) -> VerifiedOut:
    """Show a verified answer."""
    return verified_out(tenant, verified)


@router.patch("/verified-qna/{qna_id}", dependencies=[needs(Scope.SOURCES_WRITE)])
def change_verified(tenant: TenantDep, verified: VerifiedDep, patch: VerifiedPatch) -> VerifiedOut:
    """Change the question or the answer."""
    changed = tenant.verified.change(verified.id, question=patch.question, answer=patch.answer)
    return verified_out(tenant, changed)


@router.delete("/verified-qna/{qna_id}", dependencies=[needs(Scope.SOURCES_WRITE)])
def delete_verified(
    tenant: TenantDep, services: ServicesDep, verified: VerifiedDep
) -> VerifiedOut:
    """Delete a verified answer and withdraw what was answered with it. Return it as it was."""
    last = verified_out(tenant, verified)
    tenant.verified.delete(verified.id)
    services.store.erasure.wait(LONGEST_WAIT_S)
    return last


def verified_out(tenant: Tenant, verified: VerifiedAnswer) -> VerifiedOut:
    """Return a verified answer as it travels."""
    return VerifiedOut(
        id=verified.id,
        twin=tenant.twins.get(verified.twin_id).slug,
        question=verified.question,
        answer=verified.answer,
        created_at=moment(verified.created_at),
        updated_at=moment(verified.updated_at),
    )
