from pathlib import Path

import pytest

from tests.support.store import SPEC, a_live_source, a_source, indexed, vector
from twind.domain.jobs import Failure, JobStatus
from twind.domain.sources import SourceKind, SourceStatus
from twind.errors import InvalidInput, NotFound
from twind.store.store import Store, Tenant

FAILURE = Failure(code="no_text", message="There is no text in it.", hint="Scan it again.")


def blobs(tmp_path: Path) -> set[str]:
    return {file.name for file in (tmp_path / "blobs").rglob("*") if file.is_file()}


def test_a_place_is_one_source_of_a_twin(tenant: Tenant) -> None:
    other = tenant.twins.create("other", "Other").id

    first, again = a_source(tenant), a_source(tenant)
    elsewhere = a_source(tenant, twin=other)

    assert first == again
    assert first.status is SourceStatus.PROCESSING
    assert elsewhere.id != first.id
    assert tenant.sources.count() == 2


def test_a_swap_makes_a_source_live(tenant: Tenant, twin: str) -> None:
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", "Wasps do not.", generation=generation)

    assert source.status is SourceStatus.LIVE
    assert (source.chunks, source.chars, source.bytes) == (2, 26, 26)
    assert source.indexed_at is not None
    assert tenant.documents.text(source.id) == "Bees dance.\n\nWasps do not."
    assert [chunk.text for chunk in tenant.chunks.of_source(source.id)] == [
        "Bees dance.",
        "Wasps do not.",
    ]
    assert tenant.index.chunk_count(twin) == tenant.chunks.count() == 2
    assert len(tenant.index.nearest(twin, generation.key, vector("dance"), 5)) == 2


def test_a_swap_leaves_nothing_of_the_old_content(
    store: Store, tenant: Tenant, twin: str, tmp_path: Path
) -> None:
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", "Wasps do not.", generation=generation)
    a_live_source(tenant, "Ants march.", generation=generation)
    now = tenant.sources.get(source.id)

    assert now.chunks == 1
    assert tenant.index.full_text(twin, "bees OR wasps", 5) == []
    assert len(tenant.index.full_text(twin, "ants", 5)) == 1
    assert len(tenant.index.nearest(twin, generation.key, vector("dance"), 5)) == 1
    assert blobs(tmp_path) == {now.blob_hash}
    assert all(finding.problems == 0 for finding in store.health.check())


def test_a_swap_that_fails_leaves_the_old_content(tenant: Tenant, twin: str) -> None:
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", generation=generation)
    broken = indexed(tenant, "Ants march.", generation=generation)
    object.__setattr__(broken, "vectors", (b"odd",))

    with pytest.raises(Exception, match="vector"):
        tenant.sources.swap(source.id, broken)

    assert tenant.sources.get(source.id) == source
    assert len(tenant.index.full_text(twin, "bees", 5)) == 1


def test_a_swap_keeps_bytes_that_were_handed_in_meanwhile(tenant: Tenant, twin: str) -> None:
    first = tenant.blobs.put_bytes(b"first")
    source = tenant.sources.add(twin, SourceKind.TEXT, "text:x", "X", incoming=first)
    newer = tenant.blobs.put_bytes(b"newer")
    tenant.sources.add(twin, SourceKind.TEXT, "text:x", "X", incoming=newer)

    tenant.sources.swap(source.id, indexed(tenant, "first"))

    assert tenant.sources.get(source.id).incoming_hash == newer.hash
    assert tenant.blobs.get(newer.hash).path.read_bytes() == b"newer"


def test_indexing_what_was_handed_in_takes_it_over(
    tenant: Tenant, twin: str, tmp_path: Path
) -> None:
    blob = tenant.blobs.put_bytes(b"Bees dance.")
    source = tenant.sources.add(twin, SourceKind.TEXT, "text:x", "X", incoming=blob)

    tenant.sources.swap(source.id, indexed(tenant, "Bees dance."))
    now = tenant.sources.get(source.id)

    assert (now.blob_hash, now.incoming_hash) == (blob.hash, None)
    assert blobs(tmp_path) == {blob.hash}


def test_a_failure_of_a_new_source_is_its_state(tenant: Tenant) -> None:
    source = a_source(tenant)

    assert tenant.sources.fail(source.id, FAILURE)

    failed = tenant.sources.get(source.id)
    assert (failed.status, failed.error) == (SourceStatus.FAILED, FAILURE)


def test_a_live_source_survives_a_failed_attempt(tenant: Tenant, twin: str) -> None:
    source = a_live_source(tenant, "Bees dance.")

    tenant.sources.fail(source.id, FAILURE)

    now = tenant.sources.get(source.id)
    assert (now.status, now.error) == (SourceStatus.LIVE, FAILURE)
    assert len(tenant.index.full_text(twin, "bees", 5)) == 1


def test_a_new_attempt_clears_the_error(tenant: Tenant, twin: str) -> None:
    source = a_source(tenant)
    tenant.sources.fail(source.id, FAILURE)

    job = tenant.jobs.add("ingest", twin, source.id)

    now = tenant.sources.get(source.id)
    assert (now.status, now.error, now.job_id) == (SourceStatus.PROCESSING, None, job.id)


def test_unchanged_bytes_clear_the_error_and_what_was_handed_in(
    tenant: Tenant, twin: str, tmp_path: Path
) -> None:
    source = a_live_source(tenant, "Bees dance.")
    tenant.sources.fail(source.id, FAILURE)
    same = tenant.blobs.put_bytes(b"Bees dance.")
    tenant.sources.add(twin, SourceKind.FILE, source.uri, "X", incoming=same)

    assert tenant.sources.unchanged(source.id, same.hash)

    now = tenant.sources.get(source.id)
    assert (now.error, now.incoming_hash, now.blob_hash) == (None, None, same.hash)
    assert blobs(tmp_path) == {same.hash}


def test_a_deletion_takes_everything(
    store: Store, tenant: Tenant, twin: str, tmp_path: Path
) -> None:
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", "Wasps do not.", generation=generation)
    job = tenant.jobs.add("ingest", twin, source.id)

    removed = tenant.sources.delete(source.id)

    assert (removed.sources, removed.chunks) == (1, 2)
    assert tenant.jobs.get(job.id).status is JobStatus.CANCELLED
    assert tenant.index.full_text(twin, "bees", 5) == []
    assert tenant.index.nearest(twin, generation.key, vector("dance"), 5) == []
    assert tenant.index.chunk_count(twin) == 0
    assert blobs(tmp_path) == set()
    assert all(finding.problems == 0 for finding in store.health.check())
    for gone in (tenant.sources.get, tenant.sources.delete, tenant.documents.text):
        with pytest.raises(NotFound):
            gone(source.id)


def test_bytes_of_two_places_stay_until_both_are_gone(tenant: Tenant, tmp_path: Path) -> None:
    first = a_live_source(tenant, "Bees dance.", uri="/a.md")
    second = a_live_source(tenant, "Bees dance.", uri="/b.md")
    assert first.blob_hash == second.blob_hash

    tenant.sources.delete(first.id)
    assert blobs(tmp_path) == {second.blob_hash}

    tenant.sources.delete(second.id)
    assert blobs(tmp_path) == set()


def test_a_running_job_of_a_deleted_source_is_asked_to_end(tenant: Tenant, twin: str) -> None:
    source = a_source(tenant)
    job = tenant.jobs.add("ingest", twin, source.id)
    tenant.leases.claim("me", 30)

    tenant.sources.delete(source.id)

    assert tenant.jobs.cancel_requested(job.id)
    with pytest.raises(NotFound):
        tenant.sources.swap(source.id, indexed(tenant, "Bees dance."))


def test_pages_go_from_new_to_old(tenant: Tenant, twin: str) -> None:
    made = [a_source(tenant, f"/{number}.md").id for number in range(5)]

    first = tenant.sources.list(twin, limit=2)
    second = tenant.sources.list(twin, limit=2, cursor=first.next_cursor)
    third = tenant.sources.list(twin, limit=2, cursor=second.next_cursor)

    assert [source.id for page in (first, second, third) for source in page] == made[::-1]
    assert third.next_cursor is None


def test_a_list_can_be_of_one_status(tenant: Tenant, twin: str) -> None:
    live = a_live_source(tenant, "Bees dance.", uri="/live.md")
    a_source(tenant, "/new.md")

    assert [s.id for s in tenant.sources.list(twin, status=SourceStatus.LIVE)] == [live.id]


@pytest.mark.parametrize("cursor", ["", "x", "-1", "1.5", "9" * 30, "²"])
def test_a_cursor_that_no_page_gave_is_refused(tenant: Tenant, twin: str, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        tenant.sources.list(twin, cursor=cursor)


def test_a_source_needs_a_twin(tenant: Tenant) -> None:
    with pytest.raises(NotFound):
        tenant.sources.add("twn_none", SourceKind.FILE, "/a.md", "A")
