"""What a route works with: the services, the tenant of the request and its twin."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from twind.access.keys import Keys
from twind.access.limits import Limits, of_key, too_often
from twind.access.named import NamedVisitors
from twind.access.shares import Shares
from twind.answer.service import AnswerService
from twind.api.system import SystemReport
from twind.audience.gaps import Gaps
from twind.audience.service import Audience
from twind.domain.keys import ApiKey, Grant, owner_grant
from twind.domain.twins import DEFAULT_TENANT, Twin
from twind.errors import NotAllowed
from twind.ingest.exchange import EmbedderExchange
from twind.ingest.intake import Intake
from twind.ingest.watch.watcher import Watcher
from twind.jobs.events import Events
from twind.jobs.loop import JobLoop
from twind.models.catalogue import Catalogue
from twind.models.generators import GeneratorRegistry
from twind.retrieve.search import Retriever
from twind.serving.listening import Listener
from twind.serving.scopes import GrantDep
from twind.store.store import Store, Tenant
from twind.store.twins import no_twin

TENANT_HEADER = "X-Twinctl-Tenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What `main` built for the routes."""

    store: Store
    keys: Keys
    named: NamedVisitors
    shares: Shares
    limits: Limits
    loop: JobLoop
    intake: Intake
    watcher: Watcher
    retriever: Retriever
    catalogue: Catalogue
    exchange: EmbedderExchange
    generators: GeneratorRegistry
    answers: AnswerService
    audience: Audience
    gaps: Gaps
    system: SystemReport
    events: Events
    listener: Listener


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A twin that the path names, its tenant, and what the request may do."""

    tenant: Tenant
    twin: Twin
    grant: Grant


async def services_of(request: Request) -> Services:
    """Return the services of the application."""
    return cast("Services", request.app.state.services)


ServicesDep = Annotated[Services, Depends(services_of)]


def grant_for(request: Request, key: str | None) -> Grant:
    """Return what a request on the socket may do: what its key grants, without one everything.

    Raises:
        NotAuthenticated: It shows a key that cannot be used.
        RateLimited: The key asks more often than its owner lets it.
    """
    if key is None:
        return owner_grant(request.headers.get(TENANT_HEADER, DEFAULT_TENANT))
    services: Services = request.app.state.services
    grant = services.keys.authenticate(key)
    if grant.key is not None:
        _admit(services.limits, grant.key)
    return grant


def _admit(limits: Limits, key: ApiKey) -> None:
    """Hold a key to the limit that was set for it; here there is none for others."""
    if key.requests_per_minute is not None:
        allowance = limits.take([of_key(key, key.requests_per_minute)])
        if not allowance.is_granted:
            raise too_often(allowance)


def tenant_of(services: ServicesDep, grant: GrantDep) -> Tenant:
    """Return the tenant of the request, in which whoever sent it is at work.

    Raises:
        NotFound: No such tenant.
    """
    return services.store.tenant(grant.tenant_id, grant.actor)


TenantDep = Annotated[Tenant, Depends(tenant_of)]


def scope_of(services: ServicesDep, grant: GrantDep, twin_id: str) -> Scope:
    """Return the twin that the path names by slug or id, with its tenant.

    Raises:
        NotFound: No such tenant, no such twin of it, or it is beyond the reach of the key.
    """
    tenant = tenant_of(services, grant)
    twin = tenant.twins.get(twin_id)
    if not grant.reaches(twin.id):
        raise no_twin(twin_id)
    return Scope(tenant=tenant, twin=twin, grant=grant)


ScopeDep = Annotated[Scope, Depends(scope_of)]


def twins_of(
    tenant: TenantDep,
    grant: GrantDep,
    twin: Annotated[str | None, Query(description="Only of this twin, by slug or id")] = None,
) -> tuple[str, ...]:
    """Return the id of the twin that the query names, else those within reach; empty for all.

    Raises:
        NotFound: No such twin, or it is beyond the reach of the key.
    """
    if twin is None:
        return grant.twins
    named = tenant.twins.get(twin).id
    if not grant.reaches(named):
        raise no_twin(twin)
    return (named,)


TwinsDep = Annotated[tuple[str, ...], Depends(twins_of)]


def check_may_name_paths(grant: Grant) -> None:
    """Let the owner through: the files of this machine are not a tenant's.

    Raises:
        NotAllowed: The request shows a key, which reaches no further than its tenant.
    """
    if grant.key is not None:
        raise NotAllowed(
            "a key takes in nothing of this machine by its path",
            hint="send the bytes of a file, as the field `file` of a multipart form",
        )
