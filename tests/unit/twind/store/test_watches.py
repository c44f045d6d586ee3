"""Watched folders and what was taken from them."""

import pytest

from tests.support.store import a_live_source, a_source
from twind.domain.jobs import Failure
from twind.domain.watches import Stamp, WatchCounts
from twind.errors import NotFound
from twind.store.store import Tenant

STAMP = Stamp(size=1, mtime_ns=2**60, inode=str(2**64 - 1), device="2049")


def test_a_watch_is_kept_with_its_globs(tenant: Tenant, twin: str) -> None:
    watch = tenant.watches.add(twin, "/n", include=["*.md"], exclude=["drafts/"])
    assert tenant.watches.get(watch.id) == watch
    assert (watch.include, watch.exclude) == (("*.md",), ("drafts/",))
    assert tenant.watches.list(twin) == tenant.watches.all() == (watch,)


def test_a_folder_is_watched_once(tenant: Tenant, twin: str) -> None:
    first = tenant.watches.add(twin, "/n", include=["*.md"])
    second = tenant.watches.add(twin, "/n", exclude=["x"])
    assert second.id == first.id
    assert (second.include, second.exclude) == ((), ("x",))


def test_two_twins_may_watch_one_folder(tenant: Tenant, twin: str) -> None:
    other = tenant.twins.create("ada", "Ada")
    assert tenant.watches.add(twin, "/n").id != tenant.watches.add(other.id, "/n").id


def test_what_was_taken_is_found_by_its_folder(tenant: Tenant, twin: str) -> None:
    watch = tenant.watches.add(twin, "/n")
    source = a_live_source(tenant, "Bees.", uri="/n/a.md")
    for path in ("/n/a.md", "/n/deep/b.md", "/n/deeper/c.md"):
        assert tenant.watched.put(watch.id, path, source.id, STAMP)
    found = tenant.watched.find(watch.id, "/n/a.md")
    assert found is not None
    assert (found.path, found.stamp, found.blob_hash) == ("/n/a.md", STAMP, source.blob_hash)
    assert [file.path for file in tenant.watched.in_folder(watch.id, "/n")] == ["/n/a.md"]
    assert tenant.watched.folders(watch.id, "/n") == ["/n", "/n/deep", "/n/deeper"]
    assert tenant.watched.folders(watch.id, "/n/deep") == ["/n/deep"]
    assert tenant.watched.remove(watch.id, "/n/a.md")
    assert tenant.watched.find(watch.id, "/n/a.md") is None


def test_sources_are_counted_by_how_they_are(tenant: Tenant, twin: str) -> None:
    watch = tenant.watches.add(twin, "/n")
    live = a_live_source(tenant, "Bees.", uri="/n/a.md")
    failed = a_source(tenant, "/n/b.md")
    tenant.sources.fail(failed.id, Failure(code="x", message="x"))
    waiting = a_source(tenant, "/n/c.md")
    for source in (live, failed, waiting):
        tenant.watched.put(watch.id, source.uri, source.id, STAMP)
    tenant.watched.put(watch.id, "/n/d.md", "src_deleted", STAMP)
    assert tenant.watches.counts(watch.id) == WatchCounts(files=3, live=1, failed=1)


def test_a_removed_watch_leaves_the_sources(tenant: Tenant, twin: str) -> None:
    watch = tenant.watches.add(twin, "/n")
    source = a_live_source(tenant, "Bees.", uri="/n/a.md")
    tenant.watched.put(watch.id, source.uri, source.id, STAMP)
    assert tenant.watches.remove(watch.id)
    assert tenant.watched.find(watch.id, source.uri) is None
    assert tenant.sources.get(source.id) == source
    with pytest.raises(NotFound):
        tenant.watches.get(watch.id)


def test_watches_go_with_their_twin(tenant: Tenant) -> None:
    twin = tenant.twins.create("ada", "Ada").id
    watch = tenant.watches.add(twin, "/n")
    tenant.watched.put(watch.id, "/n/a.md", "src_x", STAMP)
    tenant.twins.delete(twin)
    assert tenant.watches.all() == ()
    assert tenant.watched.find(watch.id, "/n/a.md") is None


def test_a_moved_source_keeps_all_but_its_place(tenant: Tenant) -> None:
    source = a_live_source(tenant, "Bees.", uri="/n/a.md")
    assert tenant.sources.move(source.id, "/n/b.md")
    moved = tenant.sources.get(source.id)
    assert (moved.uri, moved.indexed_at) == ("/n/b.md", source.indexed_at)
    assert [chunk.uri for chunk in tenant.chunks.of_source(source.id)] == ["/n/b.md"]


def test_a_source_does_not_take_the_place_of_another(tenant: Tenant) -> None:
    source = a_source(tenant, "/n/a.md")
    a_source(tenant, "/n/b.md")
    assert not tenant.sources.move(source.id, "/n/b.md")
    assert tenant.sources.get(source.id).uri == "/n/a.md"
