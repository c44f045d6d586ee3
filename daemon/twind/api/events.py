"""The route that tells of changes while they happen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from twinctl.wire.events import Gone
from twind.api.context import ServicesDep, TenantDep, TwinsDep
from twind.api.jobs import job_out
from twind.api.sources import source_out
from twind.domain.keys import Scope
from twind.jobs.events import Events, Subscription
from twind.serving.scopes import GrantDep, needs
from twind.serving.streaming import HEADERS, PING, PING_S, encode
from twind.store.store import Tenant

router = APIRouter(tags=["events"])

_SHORTEST_S, _LONGEST_S = 0.05, 0.2
"""A change after a quiet while is told at once, others that follow it together after a rest.

The rests grow as long as changes keep coming.
"""

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events"}
}


@router.get(
    "/events",
    responses=_STREAM,
    response_class=StreamingResponse,
    dependencies=[needs(Scope.SOURCES_READ)],
)
async def events(
    tenant: TenantDep,
    services: ServicesDep,
    grant: GrantDep,
    twins: TwinsDep,
) -> StreamingResponse:
    """Tell of every change of a job (`job`) or source (`source`), each as it is then.

    The data is a `JobOut` or a `SourceOut`; of what was deleted `{id, status: "deleted"}`.
    `ready` comes first: list after it, and nothing is missed between listing and listening.
    Changes that follow fast upon each other are told as one. When the key ends, so do they.
    """
    holds = partial(services.keys.holds, grant)
    stream = _told(services.events, tenant, twins, holds)
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


async def _told(
    events: Events, tenant: Tenant, twins: tuple[str, ...], holds: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """Yield changes until the daemon stops, or they are no longer for the reader.

    A reader that goes away closes this.
    """
    awake = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wake() -> None:
        with suppress(RuntimeError):  # the loop has ended; nobody waits any more
            loop.call_soon_threadsafe(awake.set)

    with events.subscribe(tenant, twins, wake) as subscription:
        yield encode("ready", "{}")
        told_at, rest_s = 0.0, _SHORTEST_S
        while not events.has_ended:
            is_news = await _set_within(awake, PING_S)
            if not await asyncio.to_thread(holds):
                return
            if not is_news:
                yield PING
                continue
            quiet_s = loop.time() - told_at
            rest_s = min(2 * rest_s, _LONGEST_S) if quiet_s < rest_s else _SHORTEST_S
            await asyncio.sleep(rest_s - quiet_s)
            awake.clear()
            for _ in range(subscription.parts()):
                yield await asyncio.to_thread(_round, subscription)
            told_at = loop.time()


async def _set_within(event: asyncio.Event, timeout_s: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), timeout_s)
    except TimeoutError:
        return False
    return True


def _round(subscription: Subscription) -> bytes:
    """Return what changed as events; sources come before the jobs that settled them."""
    news = subscription.take()
    told = [
        encode("source", (source_out(source) if source else Gone(id=key)).model_dump_json())
        for key, source in news.sources.items()
    ]
    told += [
        encode("job", (job_out(job) if job else Gone(id=key)).model_dump_json())
        for key, job in news.jobs.items()
    ]
    return b"".join(told)
