"""Which tenants there are. One that is being deleted is no longer among them."""

import time

from twind.domain.pages import Page
from twind.domain.tenants import TenantRecord
from twind.errors import Conflict, NotFound
from twind.store.database import Database


class TenantTable:
    """Tenants of the machine, by id."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ids(self) -> list[str]:
        """Return the ids of all tenants."""
        rows = self._db.rows("SELECT id FROM tenants WHERE leaving_at IS NULL ORDER BY id")
        return [row["id"] for row in rows]

    def list(self, *, cursor: str | None = None, limit: int = 100) -> Page[TenantRecord]:
        """Return a page of tenants by id; the cursor is the last one of the page before."""
        rows = self._db.rows(
            "SELECT id, created_at FROM tenants WHERE leaving_at IS NULL AND id > :after "
            "ORDER BY id LIMIT :limit",
            {"after": cursor or "", "limit": limit + 1},
        )
        items = tuple(TenantRecord(id=row["id"], created_at=row["created_at"]) for row in rows)
        more = len(items) > limit
        return Page(items=items[:limit], next_cursor=items[limit - 1].id if more else None)

    def get(self, tenant_id: str) -> TenantRecord:
        """Return a tenant.

        Raises:
            NotFound: No such tenant.
        """
        rows = self._db.rows(
            "SELECT id, created_at FROM tenants WHERE id = :id AND leaving_at IS NULL",
            {"id": tenant_id},
        )
        if not rows:
            raise NotFound(f"there is no tenant {tenant_id}", hint="see: twinctl tenants list")
        return TenantRecord(id=rows[0]["id"], created_at=rows[0]["created_at"])

    def add(self, tenant_id: str) -> None:
        """Make a tenant.

        Raises:
            Conflict: There is one of that id, or one that is still being deleted.
        """
        added = self._db.execute(
            "INSERT INTO tenants (id, created_at) VALUES (:id, :now) ON CONFLICT DO NOTHING",
            {"id": tenant_id, "now": time.time()},
        )
        if not added and tenant_id in self.ids():
            raise Conflict(f"there is a tenant {tenant_id} already", hint="choose another name")
        if not added:
            raise Conflict(
                f"the last tenant {tenant_id} is still being removed",
                hint="try again in a while, or choose another name",
            )

    def leave(self, tenant_id: str) -> None:
        """Let a tenant be one no more; what it has is removed by `twind.store.removal`."""
        self._db.execute(
            "UPDATE tenants SET leaving_at = :now WHERE id = :id",
            {"id": tenant_id, "now": time.time()},
        )
