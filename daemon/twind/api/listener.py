"""Routes of the public listener: where visitors reach the twins."""

from fastapi import APIRouter

from twinctl.wire.public import ListenerIn, ListenerOut
from twind.api.context import ServicesDep
from twind.domain.keys import Scope
from twind.serving.listening import Listener
from twind.serving.scopes import Reach, needs

router = APIRouter(
    prefix="/public-listener",
    tags=["public listener"],
    dependencies=[needs(Scope.ADMIN, Reach.MACHINE)],
)


@router.get("")
def show(services: ServicesDep) -> ListenerOut:
    """Return whether the public listener runs, and where."""
    return _out(services.listener)


@router.put("")
def start(services: ServicesDep, wanted: ListenerIn) -> ListenerOut:
    """Listen for visitors, elsewhere than before if it runs already, until the daemon stops."""
    services.listener.start(wanted.host, wanted.port)
    return _out(services.listener)


@router.delete("")
def stop(services: ServicesDep) -> ListenerOut:
    """Listen for visitors no more."""
    services.listener.stop()
    return _out(services.listener)


def _out(listener: Listener) -> ListenerOut:
    address = listener.address
    return ListenerOut(
        running=address is not None,
        url=listener.url,
        listen=None if address is None else str(address),
    )
