"""Original bytes of a tenant: files named by their SHA-256, and rows that say they are wanted."""

import errno
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from twinctl.paths import DISK_FULL
from twind.domain.ids import new_id
from twind.domain.sources import Blob
from twind.errors import NotFound
from twind.store.database import Database
from twind.store.faults import disk_full

_PIECE_BYTES = 2**18
_INCOMING = "incoming"


class BlobTable:
    """Content-addressed bytes.

    `put_…` writes them aside; they are kept once a source refers to them (`SourceTable.add` and
    `swap` do that), and their file goes when the last source that does is gone.
    """

    def __init__(self, db: Database, tenant_id: str, folder: Path) -> None:
        self._db = db
        self._tenant = tenant_id
        self._folder = folder / tenant_id

    def put_file(self, path: Path, *, max_bytes: int | None = None) -> Blob:
        """Copy a file that lies elsewhere and return its bytes as they were read.

        Nothing is waited for: what has no bytes yet, as some devices, has none.

        Raises:
            OSError: It cannot be read, or it has more than `max_bytes`.
            StoreUnusable: The disk has no room for the copy.
        """
        with open(path, "rb", opener=_without_waiting) as file, self._needing_room():
            return self._put(file, durable=False, max_bytes=max_bytes)

    def put_stream(self, file: BinaryIO) -> Blob:
        """Take in bytes that lie nowhere else; they are on the disk when this returns."""
        with self._needing_room():
            return self._put(file, durable=True)

    def put_bytes(self, data: bytes) -> Blob:
        """Take in bytes that lie nowhere else; they are on the disk when this returns."""
        with self._needing_room():
            return self._put(io.BytesIO(data), durable=True)

    def get(self, blob_hash: str) -> Blob:
        """Return bytes that are kept.

        Raises:
            NotFound: This tenant keeps none of that hash.
        """
        rows = self._db.rows(
            "SELECT bytes FROM blobs WHERE tenant_id = :tenant AND hash = :hash",
            {"tenant": self._tenant, "hash": blob_hash},
        )
        if not rows:
            raise NotFound("these bytes are not kept")
        return Blob(path=self._path(blob_hash), hash=blob_hash, bytes=rows[0]["bytes"])

    def discard(self, blob: Blob) -> None:
        """Remove bytes that were put aside and are not needed; what is kept stays."""
        if blob.path.parent == self._folder / _INCOMING:
            blob.path.unlink(missing_ok=True)

    def keep(self, blob: Blob) -> None:
        """Keep bytes for a source that refers to them in the same transaction."""
        path = self._path(blob.hash)
        with self._db.transaction(), self._needing_room():
            self._db.execute(
                "INSERT INTO blobs (tenant_id, hash, bytes) VALUES (:tenant, :hash, :bytes) "
                "ON CONFLICT DO NOTHING",
                {"tenant": self._tenant, "hash": blob.hash, "bytes": blob.bytes},
            )
            if blob.path != path and blob.path.exists():
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                blob.path.replace(path)

    def drop_unused(self, hashes: Iterable[str | None]) -> None:
        """Forget those of the given bytes that no source refers to; files go after the commit."""
        with self._db.transaction():
            for blob_hash in {found for found in hashes if found}:
                dropped = self._db.execute(
                    "DELETE FROM blobs WHERE tenant_id = :tenant AND hash = :hash "
                    "AND NOT EXISTS (SELECT 1 FROM sources WHERE tenant_id = :tenant "
                    "AND blob_hash = :hash) "
                    "AND NOT EXISTS (SELECT 1 FROM sources WHERE tenant_id = :tenant "
                    "AND incoming_hash = :hash)",
                    {"tenant": self._tenant, "hash": blob_hash},
                )
                if dropped:
                    path = self._path(blob_hash)
                    self._db.after_commit(partial(_remove, path))

    def sweep(self) -> int:
        """Remove files that nothing refers to, as a killed daemon leaves them; return how many.

        Only for when nobody puts bytes: at the start.
        """
        rows = self._db.rows(
            "SELECT hash FROM blobs WHERE tenant_id = :tenant", {"tenant": self._tenant}
        )
        wanted = {self._path(row["hash"]) for row in rows}
        orphans = [path for path in self._folder.glob("*/*") if path not in wanted]
        for path in orphans:
            path.unlink()
        return len(orphans)

    def remove_all(self) -> None:
        """Remove every file of the tenant."""
        rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def _needing_room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in DISK_FULL:
                raise disk_full(self._folder.parent) from error
            raise

    def _put(self, source: BinaryIO, *, durable: bool, max_bytes: int | None = None) -> Blob:
        folder = self._folder / _INCOMING
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / new_id("blob")
        try:
            with open(path, "xb", opener=_private) as copy:
                digest, length = _copied(source, copy, max_bytes)
                if durable:
                    copy.flush()
                    os.fsync(copy.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Blob(path=path, hash=digest, bytes=length)

    def _path(self, blob_hash: str) -> Path:
        return self._folder / blob_hash[:2] / blob_hash


def _copied(source: BinaryIO, copy: BinaryIO, max_bytes: int | None) -> tuple[str, int]:
    """Copy to the end; return the hash and the number of bytes."""
    digest, length = hashlib.sha256(), 0
    while piece := source.read(_PIECE_BYTES):
        digest.update(piece)
        length += copy.write(piece)
        if max_bytes is not None and length > max_bytes:
            raise OSError(errno.EFBIG, "it grows while it is read")
    return digest.hexdigest(), length


def _remove(path: Path) -> None:
    with suppress(OSError):  # a later sweep takes it
        path.unlink()


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
