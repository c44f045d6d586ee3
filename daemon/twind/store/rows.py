"""Makes domain values of database rows."""

import json

from twind.domain.chunks import Chunk, Locator
from twind.domain.generations import Generation, GenerationStatus, ModelSpec
from twind.domain.jobs import Failure, Job, JobStatus
from twind.domain.sources import Origin, Source, SourceKind, SourceStatus, StoredChunk, Timings
from twind.store.database import Params, Row

SOURCE = (
    "key, id, twin_id, kind, uri, title, status, error_code, error_message, error_hint, "
    "blob_hash, incoming_hash, bytes, chars, pages, chunks, author, published, url, "
    "etag, last_modified, duration_s, fetch_s, read_s, embed_s, job_id, created_at, "
    "updated_at, indexed_at"
)
JOB = (
    "key, id, kind, status, twin_id, source_id, payload, attempts, progress_done, "
    "progress_total, cancel_requested, error_code, error_message, error_hint, run_at, "
    "created_at, updated_at, started_at, finished_at"
)
GENERATION = (
    "key, model_id, revision, dimension, query_prefix, document_prefix, normalised, status, "
    "created_at"
)


def to_failure(row: Row) -> Failure | None:
    """Return the error of a source or job."""
    if row["error_code"] is None:
        return None
    return Failure(code=row["error_code"], message=row["error_message"], hint=row["error_hint"])


def failure_params(failure: Failure | None) -> Params:
    """Return the parameters `:code`, `:message` and `:hint` of an error, or of none."""
    if failure is None:
        return {"code": None, "message": None, "hint": None}
    return {"code": failure.code, "message": failure.message, "hint": failure.hint}


def to_source(row: Row) -> Source:
    """Return the source of a row with the columns `SOURCE`."""
    return Source(
        id=row["id"],
        twin_id=row["twin_id"],
        kind=SourceKind(row["kind"]),
        uri=row["uri"],
        title=row["title"],
        status=SourceStatus(row["status"]),
        error=to_failure(row),
        blob_hash=row["blob_hash"],
        incoming_hash=row["incoming_hash"],
        bytes=row["bytes"],
        chars=row["chars"],
        pages=row["pages"],
        chunks=row["chunks"],
        author=row["author"],
        published=row["published"],
        origin=Origin(
            url=row["url"],
            etag=row["etag"],
            last_modified=row["last_modified"],
            duration_s=row["duration_s"],
        ),
        timings=_to_timings(row),
        job_id=row["job_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        indexed_at=row["indexed_at"],
    )


def _to_timings(row: Row) -> Timings | None:
    if row["read_s"] is None:
        return None
    return Timings(fetch_s=row["fetch_s"], read_s=row["read_s"], embed_s=row["embed_s"])


def to_job(row: Row) -> Job:
    """Return the job of a row with the columns `JOB`."""
    return Job(
        id=row["id"],
        kind=row["kind"],
        status=JobStatus(row["status"]),
        twin_id=row["twin_id"],
        source_id=row["source_id"],
        payload=json.loads(row["payload"]),
        attempts=row["attempts"],
        done=row["progress_done"],
        total=row["progress_total"],
        cancel_requested=bool(row["cancel_requested"]),
        error=to_failure(row),
        run_at=row["run_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )


def to_generation(row: Row) -> Generation:
    """Return the generation of a row with the columns `GENERATION`."""
    return Generation(
        key=row["key"],
        spec=ModelSpec(
            model_id=row["model_id"],
            revision=row["revision"],
            dimension=row["dimension"],
            query_prefix=row["query_prefix"],
            document_prefix=row["document_prefix"],
            normalised=bool(row["normalised"]),
        ),
        status=GenerationStatus(row["status"]),
        created_at=row["created_at"],
    )


def to_chunk(row: Row) -> Chunk:
    """Return the passage of a row of chunks."""
    return Chunk(
        text=row["text"],
        locator=Locator(
            start_char=row["start_char"],
            end_char=row["end_char"],
            page=row["page"],
            heading=row["heading"],
            start_seconds=row["start_seconds"],
        ),
    )


def to_stored_chunk(row: Row) -> StoredChunk:
    """Return the chunk of a row of chunks with `uri` and `title` of its source."""
    chunk = to_chunk(row)
    return StoredChunk(
        key=row["key"],
        id=row["id"],
        source_id=row["source_id"],
        uri=row["uri"],
        title=row["title"],
        text=chunk.text,
        locator=chunk.locator,
    )
