"""Files of one tenant that were taken from watched folders."""

from pathlib import PurePath
from typing import Any

from twind.domain.watches import Stamp, WatchedFile
from twind.store.database import Database, Row

_FILE = (
    "watch_id, folder, name, source_id, size, mtime_ns, inode, device, "
    "(SELECT blob_hash FROM sources WHERE sources.id = watched_files.source_id) AS blob_hash"
)


class WatchedFileTable:
    """What was taken from watched folders, by the folder that it lies in."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def put(self, watch_id: str, path: str, source_id: str, stamp: Stamp) -> bool:
        """Note that a file was taken as it was; False where there is no such watch."""
        changed = self._db.execute(
            "INSERT INTO watched_files (watch_id, folder, name, tenant_id, source_id, size, "
            "mtime_ns, inode, device) SELECT id, :folder, :name, tenant_id, :source, :size, "
            ":mtime, :inode, :device FROM watches WHERE id = :watch AND tenant_id = :tenant "
            "ON CONFLICT (watch_id, folder, name) DO UPDATE SET source_id = excluded.source_id, "
            "size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode, "
            "device = excluded.device",
            {
                **self._at(watch_id, path),
                "source": source_id,
                "size": stamp.size,
                "mtime": stamp.mtime_ns,
                "inode": stamp.inode,
                "device": stamp.device,
            },
        )
        return bool(changed)

    def find(self, watch_id: str, path: str) -> WatchedFile | None:
        """Return what was taken at a path, or None."""
        rows = self._db.rows(
            f"SELECT {_FILE} FROM watched_files WHERE watch_id = :watch AND folder = :folder "
            "AND name = :name AND tenant_id = :tenant",
            self._at(watch_id, path),
        )
        return _to_file(rows[0]) if rows else None

    def in_folder(self, watch_id: str, folder: str) -> list[WatchedFile]:
        """Return what was taken from a folder, without the folders in it."""
        rows = self._db.rows(
            f"SELECT {_FILE} FROM watched_files WHERE watch_id = :watch AND folder = :folder "
            "AND tenant_id = :tenant",
            {"watch": watch_id, "folder": folder, "tenant": self._tenant},
        )
        return [_to_file(row) for row in rows]

    def folders(self, watch_id: str, under: str) -> list[str]:
        """Return the folders that files were taken from, at and below one."""
        below = under.rstrip("/") + "/"
        rows = self._db.rows(
            "SELECT DISTINCT folder FROM watched_files WHERE watch_id = :watch "
            "AND tenant_id = :tenant AND (folder = :under OR folder >= :first AND folder < :last)",
            {
                "watch": watch_id,
                "tenant": self._tenant,
                "under": under,
                "first": below,
                "last": below[:-1] + chr(ord("/") + 1),
            },
        )
        return [row["folder"] for row in rows]

    def remove(self, watch_id: str, path: str) -> bool:
        """Forget what was taken at a path; the source stays."""
        changed = self._db.execute(
            "DELETE FROM watched_files WHERE watch_id = :watch AND folder = :folder "
            "AND name = :name AND tenant_id = :tenant",
            self._at(watch_id, path),
        )
        return bool(changed)

    def _at(self, watch_id: str, path: str) -> dict[str, Any]:
        place = PurePath(path)
        return {
            "watch": watch_id,
            "folder": str(place.parent),
            "name": place.name,
            "tenant": self._tenant,
        }


def _to_file(row: Row) -> WatchedFile:
    return WatchedFile(
        watch_id=row["watch_id"],
        folder=row["folder"],
        name=row["name"],
        source_id=row["source_id"],
        blob_hash=row["blob_hash"],
        stamp=Stamp(
            size=row["size"],
            mtime_ns=row["mtime_ns"],
            inode=row["inode"],
            device=row["device"],
        ),
    )
