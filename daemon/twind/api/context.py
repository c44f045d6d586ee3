"""What a route works with: the services, the tenant of the request and its twin."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Header, Request

from twind.answer.service import AnswerService
from twind.api.system import SystemReport
from twind.domain.twins import DEFAULT_TENANT, Twin
from twind.ingest.exchange import EmbedderExchange
from twind.ingest.intake import Intake
from twind.ingest.watch.watcher import Watcher
from twind.jobs.events import Events
from twind.jobs.loop import JobLoop
from twind.models.catalogue import Catalogue
from twind.models.generators import GeneratorRegistry
from twind.retrieve.search import Retriever
from twind.serving.listening import Listener
from twind.store.store import Store, Tenant

TENANT_HEADER = "X-Twinctl-Tenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What `main` built for the routes."""

    store: Store
    loop: JobLoop
    intake: Intake
    watcher: Watcher
    retriever: Retriever
    catalogue: Catalogue
    exchange: EmbedderExchange
    generators: GeneratorRegistry
    answers: AnswerService
    system: SystemReport
    events: Events
    listener: Listener


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A twin that the path names, and its tenant."""

    tenant: Tenant
    twin: Twin


async def services_of(request: Request) -> Services:
    """Return the services of the application."""
    return cast("Services", request.app.state.services)


ServicesDep = Annotated[Services, Depends(services_of)]
TenantName = Annotated[str, Header(alias=TENANT_HEADER)]


def tenant_of(services: ServicesDep, name: TenantName = DEFAULT_TENANT) -> Tenant:
    """Return the tenant that the request names.

    Raises:
        NotFound: No such tenant.
    """
    return services.store.tenant(name)


TenantDep = Annotated[Tenant, Depends(tenant_of)]


def scope_of(services: ServicesDep, twin_id: str, name: TenantName = DEFAULT_TENANT) -> Scope:
    """Return the twin that the path names by slug or id, with its tenant.

    Raises:
        NotFound: No such tenant, or no such twin of it.
    """
    tenant = services.store.tenant(name)
    return Scope(tenant=tenant, twin=tenant.twins.get(twin_id))


ScopeDep = Annotated[Scope, Depends(scope_of)]
