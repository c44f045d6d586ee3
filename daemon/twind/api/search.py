"""The route of search."""

from fastapi import APIRouter

from twinctl.wire.search import Hit, SearchIn, SearchOut
from twind.api.context import ScopeDep, ServicesDep
from twind.domain.answers import Passage
from twind.domain.keys import Scope
from twind.serving.locators import locator_out
from twind.serving.scopes import needs

router = APIRouter(tags=["search"])


@router.post("/search/{twin_id}", dependencies=[needs(Scope.SEARCH)])
def search(scope: ScopeDep, services: ServicesDep, query: SearchIn) -> SearchOut:
    """Find the passages of a twin that fit a query best."""
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
