"""Routes of models."""

from pathlib import Path

from fastapi import APIRouter

from twinctl.wire.jobs import JobOut
from twinctl.wire.models import ModelAddIn, ModelList, ModelName, ModelOut, ModelUsed
from twind.api.context import ServicesDep, TenantDep
from twind.api.jobs import job_out
from twind.domain.keys import Scope
from twind.errors import InvalidInput
from twind.jobs.models import ADD, PULL, queue_transfer
from twind.models.adding import Adding
from twind.models.hub_names import parse_hub_name
from twind.models.library import Entry, ModelKind
from twind.serving.scopes import Reach, needs

router = APIRouter(
    prefix="/models", tags=["models"], dependencies=[needs(Scope.ADMIN, Reach.MACHINE)]
)


@router.get("")
def list_models(services: ServicesDep) -> ModelList:
    """List the models that are here or known, and which are in use."""
    found = services.catalogue.entries()
    return ModelList(models=[model_out(entry, in_use=used) for entry, used in found])


@router.post("/add", status_code=202)
def add_model(tenant: TenantDep, services: ServicesDep, wanted: ModelAddIn) -> JobOut:
    """Copy a model of this machine into the models folder; the job counts bytes."""
    path = Path(wanted.path)
    if not path.is_absolute():
        raise InvalidInput(f"{path} is no absolute path")
    adding = Adding(path, wanted.name, services.catalogue.library)
    job = queue_transfer(tenant, ADD, {"path": str(path), "name": adding.name})
    services.loop.notify()
    return job_out(job)


@router.post("/pull", status_code=202)
def pull_model(tenant: TenantDep, services: ServicesDep, wanted: ModelName) -> JobOut:
    """Fetch a model of the hub into the models folder; the job counts bytes."""
    parse_hub_name(wanted.name)
    job = queue_transfer(tenant, PULL, {"name": wanted.name})
    services.loop.notify()
    return job_out(job)


@router.post("/use")
def use_model(tenant: TenantDep, services: ServicesDep, wanted: ModelName) -> ModelUsed:
    """Use a model from now on; the setting that is returned keeps it so after a restart."""
    choice = services.catalogue.choose(wanted.name)
    job = None
    if choice.kind is ModelKind.GENERATOR:
        services.generators.use(choice.value)
    else:
        job = services.exchange.use(choice.value).get(tenant.id)
    return ModelUsed(
        name=choice.name,
        kind=choice.kind.value,
        setting=choice.setting,
        value=choice.value,
        job=job_out(job) if job else None,
    )


@router.delete("/{name}")
def remove_model(services: ServicesDep, name: str) -> ModelOut:
    """Remove a model that is not in use from the disk; return it as it was."""
    held = services.exchange.holds(services.catalogue.library.find(name).name)
    removed = services.catalogue.remove(name, is_held=held)
    return model_out(removed, in_use=False)


def model_out(entry: Entry, *, in_use: bool) -> ModelOut:
    """Return a model as it travels."""
    return ModelOut(
        name=entry.name,
        kind=entry.kind.value,
        bytes=entry.bytes,
        origin=entry.origin,
        in_use=in_use,
        problem=entry.problem.message if entry.problem else None,
        hint=entry.problem.hint if entry.problem else None,
    )
