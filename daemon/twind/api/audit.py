"""The route of the audit log."""

from fastapi import APIRouter

from twinctl.wire.audit import AuditOut, AuditPage
from twind.api.context import TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.audit import AuditEntry
from twind.domain.keys import Scope
from twind.serving.scopes import Reach, needs
from twind.serving.times import moment

router = APIRouter(tags=["audit"])


@router.get("/audit-logs", dependencies=[needs(Scope.ADMIN, Reach.TENANT)])
def list_audit_log(
    tenant: TenantDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> AuditPage:
    """List who did what to keys, shares, twins and sources of the tenant, newest first.

    What was done to tenants stands in the log of the tenant `default`. Entries stay as long as
    their tenant does.
    """
    page = tenant.audit.list(limit=limit, cursor=cursor)
    return AuditPage(entries=[_entry_out(entry) for entry in page], next_cursor=page.next_cursor)


def _entry_out(entry: AuditEntry) -> AuditOut:
    return AuditOut(
        id=entry.id,
        at=moment(entry.at),
        actor=entry.actor,
        action=entry.action,
        kind=entry.kind,
        subject=entry.subject,
        details=dict(entry.details),
    )
