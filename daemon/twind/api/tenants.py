"""Routes of tenants. They are for the owner of the machine; no key opens them."""

from fastapi import APIRouter

from twinctl.wire.tenants import TenantIn, TenantOut, TenantPage
from twind.api.context import ServicesDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.sources import LONGEST_WAIT_S
from twind.domain.audit import Action
from twind.domain.keys import Scope
from twind.domain.tenants import TenantRecord
from twind.domain.twins import DEFAULT_TENANT
from twind.errors import Conflict
from twind.serving.scopes import GrantDep, Reach, needs
from twind.serving.times import moment
from twind.store.store import Store

router = APIRouter(
    prefix="/tenants", tags=["tenants"], dependencies=[needs(Scope.ADMIN, Reach.MACHINE)]
)


@router.post("", status_code=201)
def create_tenant(services: ServicesDep, grant: GrantDep, wanted: TenantIn) -> TenantOut:
    """Make a tenant with its default twin."""
    store = services.store
    machine = store.tenant(DEFAULT_TENANT, grant.actor)
    with machine.transaction():
        store.create_tenant(wanted.id)
        machine.note(Action.TENANT_CREATE, wanted.id)
    return _tenant_out(store, store.tenants.get(wanted.id))


@router.get("")
def list_tenants(
    services: ServicesDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> TenantPage:
    """List the tenants by name."""
    page = services.store.tenants.list(limit=limit, cursor=cursor)
    tenants = [_tenant_out(services.store, record) for record in page]
    return TenantPage(tenants=tenants, next_cursor=page.next_cursor)


@router.delete("/{tenant_id}")
def delete_tenant(services: ServicesDep, grant: GrantDep, tenant_id: str) -> TenantOut:
    """Delete a tenant with all that it has; what works for it ends. Return it as it was.

    It is gone for everybody at once. A daemon that is stopped meanwhile deletes the rest when it
    starts again.
    """
    if tenant_id == DEFAULT_TENANT:
        raise Conflict(f"the tenant {tenant_id} always stays", hint="delete its twins instead")
    store = services.store
    machine = store.tenant(DEFAULT_TENANT, grant.actor)
    with machine.transaction():
        last = _tenant_out(store, store.tenants.get(tenant_id))
        store.tenants.leave(tenant_id)
        machine.note(Action.TENANT_DELETE, tenant_id, twins=last.twins, sources=last.sources)
        services.generators.forget_prefixes()
    services.watcher.forget(tenant_id)
    services.loop.abandon(tenant_id, LONGEST_WAIT_S)
    store.erasure.wait(LONGEST_WAIT_S)
    return last


def _tenant_out(store: Store, record: TenantRecord) -> TenantOut:
    tenant = store.tenant(record.id)
    return TenantOut(
        id=record.id,
        twins=tenant.twins.count(),
        sources=tenant.sources.count(),
        created_at=moment(record.created_at),
    )
