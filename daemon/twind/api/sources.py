"""Routes of sources."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from twinctl.wire.jobs import Accepted
from twinctl.wire.sources import (
    Deleted,
    SourceDetail,
    SourceOut,
    SourcePage,
    SourceText,
    Timings,
)
from twind.api.context import Scope, ScopeDep, ServicesDep
from twind.api.failures import failure_out
from twind.api.jobs import job_out
from twind.api.pages import USUAL_LIMIT, Cursor, Limit
from twind.domain.audit import Action
from twind.domain.keys import Scope as KeyScope
from twind.domain.sources import Removed, Source, SourceStatus
from twind.errors import NotFound
from twind.serving.scopes import needs
from twind.serving.times import moment, moment_or_none

LONGEST_WAIT_S = 5.0
"""How long a deletion waits for what it left in the files; more goes on in the background."""

router = APIRouter(prefix="/sources/{twin_id}", tags=["sources"])


@router.get("", dependencies=[needs(KeyScope.SOURCES_READ)])
def list_sources(
    scope: ScopeDep,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
    status: Annotated[SourceStatus | None, Query(description="Only these")] = None,
    named: Annotated[str | None, Query(description="Of this place, or ids that begin so")] = None,
) -> SourcePage:
    """List the sources of a twin, newest first; those of a name are few and on one page."""
    if named:
        found = scope.tenant.sources.named(scope.twin.id, named)
        return SourcePage(sources=[source_out(source) for source in found])
    page = scope.tenant.sources.list(scope.twin.id, limit=limit, cursor=cursor, status=status)
    sources = [source_out(source) for source in page]
    return SourcePage(sources=sources, next_cursor=page.next_cursor)


@router.get("/{source_id}", dependencies=[needs(KeyScope.SOURCES_READ)])
def show_source(scope: ScopeDep, source_id: str) -> SourceDetail:
    """Show a source, with what its content states of itself and what its indexing took."""
    source = source_of(scope, source_id)
    return SourceDetail(
        **source_out(source).model_dump(),
        url=source.origin.url,
        author=source.author,
        published=source.published,
        duration_s=source.origin.duration_s,
        timings=Timings(**asdict(source.timings)) if source.timings else None,
    )


@router.get("/{source_id}/text", dependencies=[needs(KeyScope.SOURCES_READ)])
def source_text(scope: ScopeDep, source_id: str) -> SourceText:
    """Return the text of a source, which locators point into."""
    source = source_of(scope, source_id)
    text = scope.tenant.documents.text(source.id)
    return SourceText(source_id=source.id, title=source.title, text=text)


@router.delete("/{source_id}", dependencies=[needs(KeyScope.SOURCES_WRITE)])
def delete_source(
    scope: ScopeDep,
    source_id: str,
    services: ServicesDep,
    *,
    wait: Annotated[bool, Query(description="Until no file of the home holds its text")] = True,
) -> Deleted:
    """Delete a source with its chunks, vectors and full-text rows; withdraw what quotes it."""
    source = source_of(scope, source_id)
    tenant = scope.tenant
    with tenant.transaction():
        removed = tenant.sources.delete(source.id)
        tenant.note(Action.SOURCE_DELETE, source.id, twin=source.twin_id)
    if wait:
        services.store.erasure.wait(LONGEST_WAIT_S)
    return deleted_out(removed)


@router.post("/{source_id}/reindex", status_code=202, dependencies=[needs(KeyScope.SOURCES_WRITE)])
def reindex_source(scope: ScopeDep, source_id: str, services: ServicesDep) -> Accepted:
    """Read a source anew and index it, even when its bytes are the same."""
    source = source_of(scope, source_id)
    source, job = services.intake.reindex(scope.tenant, source)
    return Accepted(source=source_out(source), job=job_out(job))


def deleted_out(removed: Removed) -> Deleted:
    """Return what a deletion took away as it travels."""
    return Deleted(sources=removed.sources, chunks=removed.chunks, answers=removed.answers)


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
