"""Routes that say that the public listener is alive, and nothing else of this machine."""

from fastapi import APIRouter

from twinctl.wire.public import Alive
from twind.serving.scopes import OPEN_TO_ALL

router = APIRouter(prefix="/health", tags=["health"], dependencies=[OPEN_TO_ALL])


@router.get("")
async def alive() -> Alive:
    """Answer."""
    return Alive()


@router.get("/ready")
async def ready() -> Alive:
    """Answer once requests are taken."""
    return Alive()
