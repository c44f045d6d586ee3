"""The route that tells with what a site signs who its visitor is."""

from fastapi import APIRouter

from twinctl.wire.public import VisitorSecret
from twind.api.context import ServicesDep, TenantDep
from twind.domain.keys import KeyKind, Scope
from twind.errors import Conflict
from twind.serving.scopes import Reach, needs

router = APIRouter(tags=["keys"], dependencies=[needs(Scope.ADMIN, Reach.TENANT)])


@router.get("/api-keys/{key_id}/visitor-secret")
def visitor_secret(tenant: TenantDep, services: ServicesDep, key_id: str) -> VisitorSecret:
    """Tell the secret of a publishable key's site; it stays on the site's server.

    Raises:
        NotFound: No such key.
        Conflict: The key is a secret one, which no page uses.
    """
    key = tenant.keys.get(key_id)
    if key.kind is not KeyKind.PUBLISHABLE:
        raise Conflict("only the pages of a publishable key have visitors with names")
    return VisitorSecret(secret=services.named.secret_of(key.id))
