"""Routes of API keys."""

import time

from fastapi import APIRouter

from twinctl.wire.keys import KeyCreated, KeyIn, KeyOut, KeyPage, RotateIn
from twind.api.context import ServicesDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.keys import DEFAULT_SCOPES, ApiKey, KeyKind, KeyTerms, Scope
from twind.errors import NotFound
from twind.serving.scopes import Reach, needs
from twind.serving.times import moment, moment_or_none
from twind.store.store import Tenant

router = APIRouter(
    prefix="/api-keys", tags=["keys"], dependencies=[needs(Scope.ADMIN, Reach.TENANT)]
)


@router.post("", status_code=201)
def create_key(
    tenant: TenantDep, services: ServicesDep, wanted: KeyIn | None = None
) -> KeyCreated:
    """Make a key; its secret is in this answer and nowhere else."""
    secret, key = services.keys.create(tenant, _terms(tenant, wanted or KeyIn()))
    return _created(tenant, key, secret)


@router.get("")
def list_keys(tenant: TenantDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None) -> KeyPage:
    """List the keys of the tenant, newest first; those that ended are among them."""
    page = tenant.keys.list(limit=limit, cursor=cursor)
    return KeyPage(keys=[key_out(tenant, key) for key in page], next_cursor=page.next_cursor)


@router.get("/{key_id}")
def show_key(tenant: TenantDep, key_id: str) -> KeyOut:
    """Show a key, without its secret."""
    return key_out(tenant, tenant.keys.get(key_id))


@router.delete("/{key_id}")
def revoke_key(tenant: TenantDep, services: ServicesDep, key_id: str) -> KeyOut:
    """End a key now. It stays in the list, as revoked."""
    return key_out(tenant, services.keys.revoke(tenant, key_id))


@router.post("/{key_id}/rotate", status_code=201)
def rotate_key(
    tenant: TenantDep, services: ServicesDep, key_id: str, wanted: RotateIn | None = None
) -> KeyCreated:
    """Make a key in the place of another, which works beside it until the overlap ends."""
    overlap_s = (wanted or RotateIn()).overlap_s
    secret, key = services.keys.rotate(tenant, key_id, overlap_s)
    return _created(tenant, key, secret)


def key_out(tenant: Tenant, key: ApiKey) -> KeyOut:
    """Return a key as it travels."""
    return KeyOut(
        id=key.id,
        name=key.name,
        kind=key.kind.value,
        state=key.state(time.time()).value,
        prefix=key.prefix,
        last_four=key.last_four,
        scopes=[scope.value for scope in key.scopes],
        twins=[_slug(tenant, twin_id) for twin_id in key.twins],
        origins=list(key.origins),
        expires_at=moment_or_none(key.expires_at),
        requests_per_minute=key.requests_per_minute,
        created_at=moment(key.created_at),
        last_used_at=moment_or_none(key.last_used_at),
        revoked_at=moment_or_none(key.revoked_at),
        replaced_by=key.replaced_by,
    )


def _created(tenant: Tenant, key: ApiKey, secret: str) -> KeyCreated:
    return KeyCreated(**key_out(tenant, key).model_dump(), key=secret)


def _terms(tenant: Tenant, wanted: KeyIn) -> KeyTerms:
    kind = KeyKind(wanted.kind)
    scopes = DEFAULT_SCOPES[kind] if wanted.scopes is None else map(Scope, wanted.scopes)
    twins = (tenant.twins.get(name).id for name in wanted.twins)
    return KeyTerms(
        name=wanted.name,
        kind=kind,
        scopes=tuple(dict.fromkeys(scopes)),
        twins=tuple(dict.fromkeys(twins)),
        origins=tuple(dict.fromkeys(wanted.origins)),
        expires_at=None if wanted.expires_at is None else wanted.expires_at.timestamp(),
        requests_per_minute=wanted.requests_per_minute,
    )


def _slug(tenant: Tenant, twin_id: str) -> str:
    """Return the slug of a twin; its id where it was deleted."""
    try:
        return tenant.twins.get(twin_id).slug
    except NotFound:
        return twin_id
