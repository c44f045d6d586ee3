import hashlib
import io
import os
from pathlib import Path

import pytest

from tests.support.store import a_source, open_store
from twind.errors import NotFound
from twind.store.store import Tenant


def test_bytes_are_known_by_their_hash(tenant: Tenant, twin: str, tmp_path: Path) -> None:
    data = b"x" * 700_000
    (tmp_path / "file").write_bytes(data)

    blobs = [
        tenant.blobs.put_bytes(data),
        tenant.blobs.put_file(tmp_path / "file"),
        tenant.blobs.put_stream(io.BytesIO(data)),
    ]

    assert {blob.hash for blob in blobs} == {hashlib.sha256(data).hexdigest()}
    assert {blob.bytes for blob in blobs} == {len(data)}
    assert {blob.path.stat().st_mode & 0o777 for blob in blobs} == {0o600}


def test_discarded_bytes_leave_no_file(tenant: Tenant, tmp_path: Path) -> None:
    blob = tenant.blobs.put_bytes(b"x")

    tenant.blobs.discard(blob)

    assert not blob.path.exists()
    with pytest.raises(NotFound):
        tenant.blobs.get(blob.hash)


def test_kept_bytes_cannot_be_discarded(tenant: Tenant, twin: str) -> None:
    source = a_source(tenant)
    blob = tenant.blobs.put_bytes(b"x")
    tenant.sources.add(twin, source.kind, source.uri, "X", incoming=blob)

    tenant.blobs.discard(tenant.blobs.get(blob.hash))

    assert tenant.blobs.get(blob.hash).path.read_bytes() == b"x"


def test_a_file_that_cannot_be_read_leaves_nothing(tenant: Tenant, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        tenant.blobs.put_file(tmp_path)

    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_a_file_that_grows_beyond_what_is_taken_leaves_nothing(
    tenant: Tenant, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"x" * 101)

    with pytest.raises(OSError, match="grows"):
        tenant.blobs.put_file(tmp_path / "file", max_bytes=100)

    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(
    tenant: Tenant, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert tenant.blobs.put_file(tmp_path / "pipe").bytes == 0


def test_opening_sweeps_what_a_killed_daemon_left(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    tenant = store.tenant("default")
    twin = tenant.twins.get("default").id
    kept = tenant.blobs.put_bytes(b"kept")
    source = a_source(tenant)
    tenant.sources.add(twin, source.kind, source.uri, "X", incoming=kept)
    staged = tenant.blobs.put_bytes(b"staged")
    stray = tmp_path / "blobs" / "default" / "ab" / ("ab" * 32)
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    store.close()

    open_store(tmp_path).close()

    assert not staged.path.exists()
    assert not stray.exists()
    reopened = open_store(tmp_path)
    assert reopened.tenant("default").blobs.get(kept.hash).path.read_bytes() == b"kept"
    reopened.close()
