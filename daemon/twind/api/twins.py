"""Routes of twins."""

from dataclasses import asdict, replace

from fastapi import APIRouter

from twinctl.wire.sources import Deleted
from twinctl.wire.twins import PersonaOut, PersonaPatch, TwinIn, TwinOut, TwinPage, TwinPatch
from twind.api.context import ScopeDep, ServicesDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.sources import LONGEST_WAIT_S, deleted_out
from twind.domain.audit import Action
from twind.domain.keys import Scope
from twind.domain.slugs import slug_of
from twind.domain.twins import Mode, Persona, Twin
from twind.serving.scopes import GrantDep, Reach, needs
from twind.serving.times import moment
from twind.store.store import Tenant

router = APIRouter(prefix="/twins", tags=["twins"])


@router.post("", status_code=201, dependencies=[needs(Scope.ADMIN, Reach.TENANT)])
def create_twin(tenant: TenantDep, twin: TwinIn) -> TwinOut:
    """Create a twin; its slug must be new in the tenant."""
    with tenant.transaction():
        made = tenant.twins.create(
            slug=twin.slug or slug_of(twin.name), name=twin.name, description=twin.description
        )
        tenant.note(Action.TWIN_CREATE, made.id, slug=made.slug)
    return twin_out(tenant, made)


@router.get("", dependencies=[needs(Scope.SOURCES_READ)])
def list_twins(
    tenant: TenantDep, grant: GrantDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None
) -> TwinPage:
    """List the twins of the tenant, newest first."""
    page = tenant.twins.list(limit=limit, cursor=cursor)
    twins = [twin_out(tenant, twin) for twin in page if grant.reaches(twin.id)]
    return TwinPage(twins=twins, next_cursor=page.next_cursor)


@router.get("/{twin_id}", dependencies=[needs(Scope.SOURCES_READ)])
def show_twin(scope: ScopeDep) -> TwinOut:
    """Show a twin and how much it knows."""
    return twin_out(scope.tenant, scope.twin)


@router.patch("/{twin_id}", dependencies=[needs(Scope.ADMIN)])
def edit_twin(scope: ScopeDep, patch: TwinPatch) -> TwinOut:
    """Change the name, slug or description of a twin, or how it speaks."""
    twins = scope.tenant.twins
    with scope.tenant.transaction():
        persona = twins.get(scope.twin.id).persona
        changed = twins.update(
            scope.twin.id,
            name=patch.name,
            slug=patch.slug,
            description=patch.description,
            persona=_changed(persona, patch.persona) if patch.persona else None,
        )
        what = sorted(patch.model_dump(exclude_none=True))
        scope.tenant.note(Action.TWIN_UPDATE, changed.id, slug=changed.slug, changed=what)
    return twin_out(scope.tenant, changed)


@router.delete("/{twin_id}", dependencies=[needs(Scope.ADMIN)])
def delete_twin(scope: ScopeDep, services: ServicesDep) -> Deleted:
    """Delete a twin with all it knows; what works on it ends."""
    tenant, twin = scope.tenant, scope.twin
    with tenant.transaction():
        removed = tenant.twins.delete(twin.id)
        tenant.note(Action.TWIN_DELETE, twin.id, slug=twin.slug, sources=removed.sources)
        services.generators.forget_prefixes()
    services.store.erasure.wait(LONGEST_WAIT_S)
    return deleted_out(removed)


def twin_out(tenant: Tenant, twin: Twin) -> TwinOut:
    """Return a twin as it travels."""
    size = tenant.twins.size(twin.id)
    return TwinOut(
        id=twin.id,
        slug=twin.slug,
        name=twin.name,
        description=twin.description,
        persona=PersonaOut.model_validate(asdict(twin.persona)),
        sources=size.sources,
        chunks=size.chunks,
        created_at=moment(twin.created_at),
    )


def _changed(persona: Persona, patch: PersonaPatch) -> Persona:
    changes = patch.model_dump(exclude_none=True)
    if patch.mode is not None:
        changes["mode"] = Mode(patch.mode)
    return replace(persona, **changes)
