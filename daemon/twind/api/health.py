"""Routes about the daemon itself."""

from fastapi import APIRouter

from twinctl import __version__
from twinctl.wire.system import Checks, Ready, Status
from twind.api.context import ServicesDep
from twind.domain.keys import Scope
from twind.serving.scopes import OPEN_TO_ALL, Reach, needs

router = APIRouter(prefix="/health", tags=["health"])


@router.get("", dependencies=[needs(Scope.ADMIN, Reach.MACHINE)])
def status(services: ServicesDep) -> Status:
    """Return the state of the process, the store, the jobs and the models."""
    return services.system.status()


@router.get("/ready", dependencies=[OPEN_TO_ALL])
async def ready() -> Ready:
    """Answer once requests are taken."""
    return Ready(version=__version__)


@router.get("/checks", dependencies=[needs(Scope.ADMIN, Reach.MACHINE)])
def checks(services: ServicesDep) -> Checks:
    """Examine the store, the indexes and the models."""
    return Checks(checks=services.system.checks())


@router.post("/repair", dependencies=[needs(Scope.ADMIN, Reach.MACHINE)])
def repair(services: ServicesDep) -> Checks:
    """Mend what can be mended without loss, and examine again."""
    services.system.repair()
    return Checks(checks=services.system.checks())
