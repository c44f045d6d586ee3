"""Stores and what is in them, for tests."""

import hashlib
import struct
from pathlib import Path

from twind.domain.chunks import Chunk, Locator, embedding_text
from twind.domain.documents import DocumentBuilder
from twind.domain.generations import Generation, ModelSpec
from twind.domain.sources import Indexed, Source, SourceKind
from twind.domain.twins import DEFAULT_TENANT, DEFAULT_TWIN
from twind.store.store import Store, Tenant

SPEC = ModelSpec(model_id="letters", revision="1", dimension=4)


def open_store(folder: Path) -> Store:
    """Open the store of a folder, made if there is none."""
    return Store.open(folder / "twinctl.db", folder / "blobs")


def default_tenant(store: Store) -> Tenant:
    """Return the tenant that every store has."""
    return store.tenant(DEFAULT_TENANT)


def default_twin(tenant: Tenant) -> str:
    """Return the id of the twin that every tenant has."""
    return tenant.twins.get(DEFAULT_TWIN).id


def vector(text: str) -> bytes:
    """Return a vector of four letter counts, so that equal texts are nearest."""
    return struct.pack("<4f", *(0.5 + text.lower().count(letter) for letter in "aeio"))


def indexed(
    tenant: Tenant,
    *texts: str,
    title: str = "Title",
    page: int | None = None,
    generation: Generation | None = None,
) -> Indexed:
    """Return content of one chunk a text, all on one page or on none."""
    builder = DocumentBuilder()
    for text in texts:
        builder.add(text)
    document = builder.build()
    chunks = tuple(
        Chunk(
            text=document.text[block.start : block.end],
            locator=Locator(start_char=block.start, end_char=block.end, page=page),
        )
        for block in document.blocks
    )
    read = [embedding_text(title, chunk) for chunk in chunks]
    return Indexed(
        document=document,
        title=title,
        blob=tenant.blobs.put_bytes(document.text.encode()),
        chunks=chunks,
        text_hashes=tuple(hashlib.sha256(text.encode()).hexdigest() for text in read),
        generation=generation.key if generation else None,
        vectors=tuple(vector(chunk.text) for chunk in chunks) if generation else (),
    )


def a_source(tenant: Tenant, uri: str = "/a.md", *, twin: str | None = None) -> Source:
    """Return a source that nothing was indexed of yet."""
    return tenant.sources.add(twin or default_twin(tenant), SourceKind.FILE, uri, "Title")


def a_live_source(
    tenant: Tenant,
    *texts: str,
    uri: str = "/a.md",
    title: str = "Title",
    page: int | None = None,
    twin: str | None = None,
    generation: Generation | None = None,
) -> Source:
    """Return a source with one chunk a text, all on one page or on none."""
    source = a_source(tenant, uri, twin=twin)
    content = indexed(tenant, *texts, title=title, page=page, generation=generation)
    tenant.sources.swap(source.id, content)
    return tenant.sources.get(source.id)
