"""The route of search."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from twinctl.wire.search import Hit, SearchIn, SearchOut
from twind.api.context import Services, ServicesDep, scope_of
from twind.domain.answers import Passage
from twind.domain.keys import Grant, Scope
from twind.serving.locators import locator_out
from twind.serving.scopes import GrantDep, needs

router = APIRouter(tags=["search"])


@router.post("/search/{twin_id}", dependencies=[needs(Scope.SEARCH)])
async def search(
    services: ServicesDep, grant: GrantDep, twin_id: str, query: SearchIn
) -> SearchOut:
    """Find the passages of a twin that fit a query best."""
    # In one step: each hand-over to another thread is a delay that can be felt.
    return await run_in_threadpool(_search, services, grant, twin_id, query)


def _search(services: Services, grant: Grant, twin_id: str, query: SearchIn) -> SearchOut:
    scope = scope_of(services, grant, twin_id)
    found = services.retriever.search(scope.tenant, scope.twin.id, query.query, limit=query.k)
    return SearchOut(
        query=query.query,
        hits=[hit_out(rank, passage) for rank, passage in enumerate(found.passages, 1)],
        took_ms=found.took_ms,
        notice=found.notice,
    )


def hit_out(rank: int, passage: Passage) -> Hit:
    """Return a passage as it travels."""
    return Hit(
        rank=rank,
        score=passage.score,
        source_id=passage.source_id,
        chunk_id=passage.chunk_id,
        uri=passage.uri,
        title=passage.title,
        text=passage.text,
        locator=locator_out(passage.locator),
    )
