"""Routes of verified answers."""

from fastapi import APIRouter

from twinctl.wire.verified import VerifiedIn, VerifiedOut, VerifiedPage, VerifiedPatch
from twind.api.context import ScopeDep, ServicesDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.sources import LONGEST_WAIT_S
from twind.domain.verified import VerifiedAnswer
from twind.serving.times import moment
from twind.store.store import Tenant

router = APIRouter(tags=["verified answers"])


@router.get("/twins/{twin_id}/verified-qna")
def list_verified(
    scope: ScopeDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> VerifiedPage:
    """List the verified answers of a twin, newest first."""
    page = scope.tenant.verified.list(scope.twin.id, limit=limit, cursor=cursor)
    return VerifiedPage(
        answers=[verified_out(scope.tenant, each) for each in page], next_cursor=page.next_cursor
    )


@router.post("/twins/{twin_id}/verified-qna", status_code=201)
def add_verified(scope: ScopeDep, verified: VerifiedIn) -> VerifiedOut:
    """Keep an answer that is given, word for word, to whoever asks the same."""
    made = scope.tenant.verified.add(scope.twin.id, verified.question, verified.answer)
    return verified_out(scope.tenant, made)


@router.get("/verified-qna/{qna_id}")
def show_verified(tenant: TenantDep, qna_id: str) -> VerifiedOut:
    """Show a verified answer."""
    return verified_out(tenant, tenant.verified.get(qna_id))


@router.patch("/verified-qna/{qna_id}")
def change_verified(tenant: TenantDep, qna_id: str, patch: VerifiedPatch) -> VerifiedOut:
    """Change the question or the answer."""
    changed = tenant.verified.change(qna_id, question=patch.question, answer=patch.answer)
    return verified_out(tenant, changed)


@router.delete("/verified-qna/{qna_id}")
def delete_verified(tenant: TenantDep, services: ServicesDep, qna_id: str) -> VerifiedOut:
    """Delete a verified answer and withdraw what was answered with it. Return it as it was."""
    last = verified_out(tenant, tenant.verified.get(qna_id))
    tenant.verified.delete(qna_id)
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
