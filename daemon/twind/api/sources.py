"""Routes of sources."""

from typing import Annotated

from fastapi import APIRouter, Query

from twinctl.wire.jobs import Accepted
from twinctl.wire.sources import Deleted, SourceOut, SourcePage, SourceText
from twind.api.context import Scope, ScopeDep, ServicesDep
from twind.api.failures import failure_out
from twind.api.jobs import job_out
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.api.times import moment, moment_or_none
from twind.domain.sources import Source, SourceStatus
from twind.errors import NotFound

router = APIRouter(prefix="/sources/{twin_id}", tags=["sources"])


@router.get("")
def list_sources(
    scope: ScopeDep,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
    status: Annotated[SourceStatus | None, Query(description="Only these")] = None,
) -> SourcePage:
    """List the sources of a twin, newest first."""
    page = scope.tenant.sources.list(scope.twin.id, limit=limit, cursor=cursor, status=status)
    sources = [source_out(source) for source in page]
    return SourcePage(sources=sources, next_cursor=page.next_cursor)


@router.get("/{source_id}")
def show_source(scope: ScopeDep, source_id: str) -> SourceOut:
    """Show a source."""
    return source_out(source_of(scope, source_id))


@router.get("/{source_id}/text")
def source_text(scope: ScopeDep, source_id: str) -> SourceText:
    """Return the text of a source, which locators point into."""
    source = source_of(scope, source_id)
    text = scope.tenant.documents.text(source.id)
    return SourceText(source_id=source.id, title=source.title, text=text)


@router.delete("/{source_id}")
def delete_source(scope: ScopeDep, source_id: str) -> Deleted:
    """Delete a source with its chunks, vectors and full-text rows."""
    source = source_of(scope, source_id)
    removed = scope.tenant.sources.delete(source.id)
    return Deleted(sources=removed.sources, chunks=removed.chunks)


@router.post("/{source_id}/reindex", status_code=202)
def reindex_source(scope: ScopeDep, source_id: str, services: ServicesDep) -> Accepted:
    """Read a source anew and index it, even when its bytes are the same."""
    source = source_of(scope, source_id)
    source, job = services.intake.reindex(scope.tenant, source)
    return Accepted(source=source_out(source), job=job_out(job))


def source_of(scope: Scope, source_id: str) -> Source:
    """Return a source of the twin that the path names.

    Raises:
        NotFound: No such source, or it is another twin's.
    """
    source = scope.tenant.sources.get(source_id)
    if source.twin_id != scope.twin.id:
        raise NotFound(f"there is no source {source_id}", hint="see: twinctl sources list")
    return source


def source_out(source: Source) -> SourceOut:
    """Return a source as it travels."""
    return SourceOut(
        id=source.id,
        kind=source.kind,
        uri=source.uri,
        title=source.title,
        status=source.status,
        chunks=source.chunks,
        job_id=source.job_id,
        error=failure_out(source.error),
        bytes=source.bytes,
        chars=source.chars,
        pages=source.pages,
        created_at=moment(source.created_at),
        indexed_at=moment_or_none(source.indexed_at),
    )
