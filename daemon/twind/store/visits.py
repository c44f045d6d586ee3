"""Conversations of visitors, which do not stay for good as the owner's do."""

from collections.abc import Iterable

from twind.domain.audience import Channel
from twind.store.database import Database, in_list


class VisitTable:
    """Finds and removes conversations of visitors."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def of(self, twin_id: str, visitor: str) -> tuple[str, ...]:
        """Return the ids of the conversations that a visitor began."""
        rows = self._db.rows(
            "SELECT id FROM conversations WHERE visitor = :visitor AND visitor <> '' "
            "AND twin_id = :twin AND tenant_id = :tenant",
            {"visitor": visitor, "twin": twin_id, "tenant": self._tenant},
        )
        return tuple(row["id"] for row in rows)

    def before(self, at: float, limit: int) -> tuple[str, ...]:
        """Return the ids of conversations in which nothing was said since a time, UTC seconds."""
        rows = self._db.rows(
            "SELECT id FROM conversations WHERE tenant_id = :tenant AND channel <> :owner "
            "AND updated_at < :at ORDER BY key LIMIT :limit",
            {"tenant": self._tenant, "owner": Channel.CHAT, "at": at, "limit": limit},
        )
        return tuple(row["id"] for row in rows)

    def delete(self, conversation_ids: Iterable[str]) -> int:
        """Remove conversations with all that was said in them; return how many there were."""
        wanted, params = in_list("conversation", conversation_ids)
        params["tenant"] = self._tenant
        with self._db.transaction():
            self._db.execute(
                f"DELETE FROM messages WHERE tenant_id = :tenant AND conversation_id IN {wanted}",
                params,
            )
            return self._db.execute(
                f"DELETE FROM conversations WHERE tenant_id = :tenant AND id IN {wanted}",
                params,
            )
