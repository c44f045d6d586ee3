"""The `ingest` job: bytes to text, text to chunks, chunks to vectors, then one swap."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace

from twinctl.wire.codes import ErrorCode
from twind.domain.chunks import embedding_text
from twind.domain.jobs import Job
from twind.domain.sources import Indexed, Origin, Source, SourceKind, Timings
from twind.errors import ExtractionFailed, NotFound
from twind.ingest.embedding import ChunkEmbedding
from twind.ingest.extraction import Extracted, Extraction
from twind.ingest.fetch.base import Fetched, Fetcher
from twind.ingest.fetch.file import kept
from twind.ingest.fetch.normalise import stated
from twind.jobs.handler import JobContext

INGEST = "ingest"


class IngestHandler:
    """Indexes the content of a source; doing it twice is the same as doing it once."""

    def __init__(
        self,
        fetchers: Mapping[SourceKind, Fetcher],
        extraction: Extraction,
        embedding: ChunkEmbedding,
    ) -> None:
        self._fetchers = fetchers
        self._extraction = extraction
        self._embedding = embedding

    def __call__(self, job: Job, context: JobContext) -> None:
        """Bring the index in step with the place of the source of `job`."""
        tenant = context.tenant
        try:
            source = tenant.sources.get(job.source_id or "")
        except NotFound:
            context.log("info", "the source was deleted meanwhile")
            return
        began = time.monotonic()
        fetched = self._fetch(_as_asked(source, job), context)
        try:
            if _is_indexed(source, fetched, job):
                with context.completing():
                    tenant.sources.unchanged(source.id, fetched.blob.hash)
                    context.log("info", "the content has not changed")
                return
            self._index(source, fetched, job, context, time.monotonic() - began)
        finally:
            tenant.blobs.discard(fetched.blob)

    def _fetch(self, source: Source, context: JobContext) -> Fetched:
        """Return the bytes to index: those handed in, else those of the place."""
        if source.incoming_hash is not None or source.kind not in self._fetchers:
            return kept(source, context)
        return self._fetchers[source.kind](source, context)

    def _index(
        self, source: Source, fetched: Fetched, job: Job, context: JobContext, fetch_s: float
    ) -> None:
        tenant = context.tenant
        context.log("info", f"reading {fetched.name}, {fetched.blob.bytes} bytes")
        began = time.monotonic()
        extracted = self._extract(fetched, job.payload.get("title"), context)
        read = time.monotonic()
        context.log("info", f"read {len(extracted.document.text)} characters, now embedding")
        context.check()
        indexed = self._embed(fetched, extracted, context)
        timings = Timings(fetch_s=fetch_s, read_s=read - began, embed_s=time.monotonic() - read)
        with context.completing():
            tenant.sources.swap(source.id, replace(indexed, timings=timings))
            context.log(
                "info",
                f"chunks: {len(indexed.chunks)}; read in {timings.read_s:.2f} s, "
                f"embedded in {timings.embed_s:.2f} s",
            )
            self._embedding.make_up(tenant, indexed.generation)

    def _extract(self, fetched: Fetched, title: str | None, context: JobContext) -> Extracted:
        def on_progress(done: int, total: int) -> None:
            context.report(done, total)
            context.check()

        extracted = self._extraction.extract(
            fetched.blob.path,
            name=fetched.name,
            title=title or fetched.title,
            charset=fetched.charset,
            is_page=fetched.is_page,
            on_progress=on_progress,
        )
        if not extracted.chunks:
            raise ExtractionFailed(
                "there is no text in it",
                code=ErrorCode.NO_TEXT,
                hint="if it is a scan, run it through text recognition first",
            )
        return extracted

    def _embed(self, fetched: Fetched, extracted: Extracted, context: JobContext) -> Indexed:
        texts = [embedding_text(extracted.title, chunk) for chunk in extracted.chunks]
        hashes = tuple(hashlib.sha256(text.encode()).hexdigest() for text in texts)
        generation, vectors = self._embedding.embed(context.tenant, texts, hashes, context)
        document = extracted.document
        return Indexed(
            document=replace(
                document,
                author=document.author or fetched.author,
                published=document.published or fetched.published,
            ),
            title=extracted.title,
            blob=fetched.blob,
            chunks=extracted.chunks,
            text_hashes=hashes,
            generation=generation,
            vectors=vectors,
            origin=replace(fetched.origin, url=stated(document.url, fetched.origin.url)),
        )


def _as_asked(source: Source, job: Job) -> Source:
    """Forget what makes a request conditional where the content is to be read in any case."""
    return replace(source, origin=Origin()) if _is_asked_anew(source, job) else source


def _is_asked_anew(source: Source, job: Job) -> bool:
    title = job.payload.get("title")
    return bool(job.payload.get("again")) or title not in (None, source.title)


def _is_indexed(source: Source, fetched: Fetched, job: Job) -> bool:
    same = source.indexed_at is not None and source.blob_hash == fetched.blob.hash
    return same and not _is_asked_anew(source, job)
