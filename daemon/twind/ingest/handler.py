"""The `ingest` job: bytes to text, text to chunks, chunks to vectors, then one swap."""

import hashlib
import time
from pathlib import Path

from twinctl.wire.codes import ErrorCode
from twind.domain.chunks import embedding_text
from twind.domain.jobs import Job
from twind.domain.sources import Blob, Indexed, Source, SourceKind
from twind.errors import ExtractionFailed, NotFound
from twind.ingest.embedding import ChunkEmbedding
from twind.ingest.extraction import Extracted, Extraction
from twind.ingest.files import read_file
from twind.jobs.handler import JobContext
from twind.store.store import Tenant

INGEST = "ingest"
TEXT_SUFFIX = ".md"


class IngestHandler:
    """Indexes the content of a source; doing it twice is the same as doing it once."""

    def __init__(
        self, extraction: Extraction, embedding: ChunkEmbedding, *, max_file_bytes: int
    ) -> None:
        self._extraction = extraction
        self._embedding = embedding
        self._max_file_bytes = max_file_bytes

    def __call__(self, job: Job, context: JobContext) -> None:
        """Bring the index in step with the bytes of the source of `job`."""
        tenant = context.tenant
        try:
            source = tenant.sources.get(job.source_id or "")
        except NotFound:
            context.log("info", "the source was deleted meanwhile")
            return
        blob = self._read(tenant, source)
        try:
            if self._is_indexed(source, blob, job):
                tenant.sources.unchanged(source.id, blob.hash)
                context.log("info", "the content has not changed")
                return
            self._index(tenant, source, blob, job, context)
        finally:
            tenant.blobs.discard(blob)

    def _read(self, tenant: Tenant, source: Source) -> Blob:
        """Return the bytes to index: those handed in, those of the file, or those kept."""
        if source.incoming_hash is not None:
            return tenant.blobs.get(source.incoming_hash)
        path = Path(source.uri)
        if source.kind is SourceKind.FILE and path.is_absolute():
            return read_file(path, tenant.blobs, max_bytes=self._max_file_bytes)
        return tenant.blobs.get(source.blob_hash or "")

    @staticmethod
    def _is_indexed(source: Source, blob: Blob, job: Job) -> bool:
        title = job.payload.get("title")
        same = source.indexed_at is not None and source.blob_hash == blob.hash
        return same and not job.payload.get("again") and title in (None, source.title)

    def _index(
        self, tenant: Tenant, source: Source, blob: Blob, job: Job, context: JobContext
    ) -> None:
        started = time.monotonic()
        extracted = self._extraction.extract(
            blob.path, name=_name(source), title=job.payload.get("title")
        )
        if not extracted.chunks:
            raise ExtractionFailed(
                "there is no text in it",
                code=ErrorCode.NO_TEXT,
                hint="if it is a scan, run it through text recognition first",
            )
        read = time.monotonic()
        context.check()
        indexed = self._embed(tenant, blob, extracted, context)
        embedded = time.monotonic()
        with tenant.transaction():
            tenant.sources.swap(source.id, indexed)
            context.log(
                "info",
                f"{len(indexed.chunks)} chunks; read in {read - started:.2f} s, "
                f"embedded in {embedded - read:.2f} s",
            )

    def _embed(
        self, tenant: Tenant, blob: Blob, extracted: Extracted, context: JobContext
    ) -> Indexed:
        texts = [embedding_text(extracted.title, chunk) for chunk in extracted.chunks]
        hashes = tuple(hashlib.sha256(text.encode()).hexdigest() for text in texts)
        generation, vectors = self._embedding.embed(tenant, texts, hashes, context)
        return Indexed(
            document=extracted.document,
            title=extracted.title,
            blob=blob,
            chunks=extracted.chunks,
            text_hashes=hashes,
            generation=generation,
            vectors=vectors,
        )


def _name(source: Source) -> str:
    """Return a file name for the extractor, which takes its ending as a hint."""
    if source.kind is SourceKind.TEXT:
        return source.title + TEXT_SUFFIX
    return Path(source.uri.removeprefix("upload:")).name
