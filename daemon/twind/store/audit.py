"""The audit log of one tenant; the database itself refuses to change or delete an entry."""

import json
import time
from collections.abc import Mapping

from twind.domain.audit import Action, AuditEntry, Detail
from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.store.database import Database, Row
from twind.store.paging import AFTER_ALL, parse_cursor, to_page


class AuditTable:
    """Who did what. An entry is added in the transaction of the change that it tells of."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(
        self,
        actor: str,
        action: Action,
        kind: str,
        subject: str,
        details: Mapping[str, Detail] | None = None,
    ) -> None:
        """Write down what was done to a thing of this kind; never hand it a secret."""
        self._db.execute(
            "INSERT INTO audit_log (id, tenant_id, at, actor, action, kind, subject, details) "
            "VALUES (:id, :tenant, :now, :actor, :action, :kind, :subject, :details)",
            {
                "id": new_id("aud"),
                "tenant": self._tenant,
                "now": time.time(),
                "actor": actor,
                "action": action,
                "kind": kind,
                "subject": subject,
                "details": json.dumps(dict(details or {})),
            },
        )

    def list(self, *, cursor: str | None = None, limit: int = 100) -> Page[AuditEntry]:
        """Return a page of entries, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            "SELECT key, id, at, actor, action, kind, subject, details FROM audit_log "
            "WHERE tenant_id = :tenant AND key < :before ORDER BY key DESC LIMIT :limit",
            {
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_entry)


def _to_entry(row: Row) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=row["at"],
        actor=row["actor"],
        action=Action(row["action"]),
        kind=row["kind"],
        subject=row["subject"],
        details=json.loads(row["details"]),
    )
