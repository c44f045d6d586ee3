"""Routes of share links."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends

from twinctl.wire.shares import ShareCreated, ShareIn, ShareOut, SharePage
from twind.api.context import ScopeDep, ServicesDep, TenantDep
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.keys import Scope
from twind.domain.shares import Share, ShareTerms
from twind.serving.scopes import GrantDep, needs
from twind.serving.times import moment, moment_or_none
from twind.store.shares import no_share
from twind.store.store import Tenant

router = APIRouter(tags=["share links"], dependencies=[needs(Scope.ADMIN)])


def share_of(tenant: TenantDep, grant: GrantDep, share_id: str) -> Share:
    """Return the link that the path names.

    Raises:
        NotFound: No such link, or its twin is beyond the reach of the key.
    """
    share = tenant.shares.get(share_id)
    if not grant.reaches(share.twin_id):
        raise no_share(share_id)
    return share


ShareDep = Annotated[Share, Depends(share_of)]


@router.post("/twins/{twin_id}/share-links", status_code=201)
def create_share(
    scope: ScopeDep, services: ServicesDep, wanted: ShareIn | None = None
) -> ShareCreated:
    """Make a link to a twin; its token is in this answer and nowhere else."""
    wanted = wanted or ShareIn()
    terms = ShareTerms(
        twin_id=scope.twin.id,
        name=wanted.name,
        expires_at=None if wanted.expires_at is None else wanted.expires_at.timestamp(),
        max_questions=wanted.max_questions,
    )
    token, share = services.shares.create(scope.tenant, terms, wanted.passcode)
    path = f"/share/{scope.twin.id}/{token}"  # its slug may change
    site = services.listener.url or services.listener.known_as
    return ShareCreated(
        **share_out(scope.tenant, share).model_dump(),
        token=token,
        path=path,
        url=site + path if site else None,
        is_reachable=services.listener.url is not None,
    )


@router.get("/twins/{twin_id}/share-links")
def list_shares(scope: ScopeDep, limit: Limit = USUAL_LIMIT, cursor: Cursor = None) -> SharePage:
    """List the links to a twin, newest first; those that ended are among them."""
    page = scope.tenant.shares.list(scope.twin.id, limit=limit, cursor=cursor)
    return SharePage(
        shares=[share_out(scope.tenant, share) for share in page], next_cursor=page.next_cursor
    )


@router.delete("/share-links/{share_id}")
def revoke_share(tenant: TenantDep, services: ServicesDep, share: ShareDep) -> ShareOut:
    """End a link now, also for whoever is talking over it. It stays in the list, as revoked."""
    return share_out(tenant, services.shares.revoke(tenant, share.id))


def share_out(tenant: Tenant, share: Share) -> ShareOut:
    """Return a link as it travels."""
    return ShareOut(
        id=share.id,
        name=share.name,
        state=share.state(time.time()).value,
        prefix=share.prefix,
        twin=tenant.twins.get(share.twin_id).slug,
        expires_at=moment_or_none(share.expires_at),
        max_questions=share.max_questions,
        questions=share.questions,
        has_passcode=share.has_passcode,
        created_at=moment(share.created_at),
        revoked_at=moment_or_none(share.revoked_at),
    )
