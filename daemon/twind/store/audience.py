"""What was asked of one tenant's twins: events and the groups that they belong to."""

import json
from collections.abc import Iterable, Sequence

from twind.domain.metrics import Event, Group, OpenQuestion, Rating, Ungrouped
from twind.errors import NotFound
from twind.store.database import Database, Row, in_list

_OPEN = "answered = 0 AND is_closed = 0"


class AudienceTable:
    """Reads events and groups; `twind.store.metrics` writes them."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def ungrouped(self, limit: int) -> tuple[Ungrouped, ...]:
        """Return questions that belong to no group yet, oldest first."""
        rows = self._db.rows(
            "SELECT e.key, e.twin_id, e.question, e.plain, u.model, u.vector "
            "FROM audience_ungrouped AS u JOIN audience_events AS e ON e.key = u.event_key "
            "WHERE u.tenant_id = :tenant ORDER BY u.event_key LIMIT :limit",
            {"tenant": self._tenant, "limit": limit},
        )
        return tuple(Ungrouped(**dict(row)) for row in rows)

    def worded(self, twin_id: str, plain: str) -> int | None:
        """Return the key of the group that questions in the same words belong to, or None."""
        rows = self._db.rows(
            "SELECT group_key FROM audience_events WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND plain = :plain AND group_key IS NOT NULL LIMIT 1",
            {"twin": twin_id, "tenant": self._tenant, "plain": plain},
        )
        return rows[0]["group_key"] if rows else None

    def nearest(
        self, twin_id: str, model: str, vector: bytes, limit: int
    ) -> tuple[tuple[Group, float], ...]:
        """Return the groups nearest to a vector of a model, with cosines, nearest first."""
        rows = self._db.rows(
            "SELECT key, id, question, 1 - vec_distance_cosine(vector, :vector) AS cosine "
            "FROM audience_groups WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND model = :model ORDER BY cosine DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "model": model,
                "vector": vector,
                "limit": limit,
            },
        )
        return tuple((_to_group(row), row["cosine"] or 0.0) for row in rows)

    def unembedded(self, twin_id: str, model: str, limit: int) -> tuple[Group, ...]:
        """Return groups whose questions have no vector of a model."""
        rows = self._db.rows(
            "SELECT key, id, question FROM audience_groups WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND model IS NOT :model LIMIT :limit",
            {"twin": twin_id, "tenant": self._tenant, "model": model, "limit": limit},
        )
        return tuple(_to_group(row) for row in rows)

    def changed_days(self) -> tuple[tuple[str, int, int], ...]:
        """Return twin, day and number of changes of each day whose figures are not up to date."""
        rows = self._db.rows(
            "SELECT twin_id, day, changes FROM audience_changed_days WHERE tenant_id = :tenant "
            "ORDER BY day",
            {"tenant": self._tenant},
        )
        return tuple((row["twin_id"], row["day"], row["changes"]) for row in rows)

    def days_before(self, day: int) -> tuple[tuple[str, int], ...]:
        """Return twin and day of all that is kept of days before one, oldest first."""
        rows = self._db.rows(
            "SELECT twin_id, day FROM audience_days WHERE tenant_id = :tenant AND day < :day "
            "UNION SELECT twin_id, day FROM audience_changed_days "
            "WHERE tenant_id = :tenant AND day < :day ORDER BY day",
            {"tenant": self._tenant, "day": day},
        )
        return tuple((row["twin_id"], row["day"]) for row in rows)

    def events(self, twin_id: str, day: int) -> tuple[Event, ...]:
        """Return all events of a day, oldest first."""
        rows = self._db.rows(
            "SELECT asked_at, channel, coalesce(nullif(session, ''), conversation_id) "
            "AS session, visitor, host, answered, reason, took_ms, sources, "
            "feedback, is_closed, group_key FROM audience_events WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND day = :day ORDER BY asked_at, key",
            {"twin": twin_id, "tenant": self._tenant, "day": day},
        )
        return tuple(_to_event(row) for row in rows)

    def ratings(self, message_ids: Iterable[str]) -> dict[str, Rating]:
        """Return what visitors said of answers, by message, where they said it."""
        wanted, params = in_list("message", message_ids)
        rows = self._db.rows(
            "SELECT message_id, feedback FROM audience_events WHERE tenant_id = :tenant "
            f"AND feedback IS NOT NULL AND message_id IN {wanted}",
            {**params, "tenant": self._tenant},
        )
        return {row["message_id"]: Rating(row["feedback"]) for row in rows}

    def conversations_of(self, twin_id: str, visitor: str) -> tuple[str, ...]:
        """Return the ids of the conversations in which a visitor asked."""
        rows = self._db.rows(
            "SELECT DISTINCT conversation_id FROM audience_events "
            "WHERE visitor = :visitor AND visitor <> '' AND twin_id = :twin "
            "AND tenant_id = :tenant",
            {"visitor": visitor, "twin": twin_id, "tenant": self._tenant},
        )
        return tuple(row["conversation_id"] for row in rows)

    def group(self, twin_id: str, group_id: str) -> Group:
        """Return a group.

        Raises:
            NotFound: No such group of the twin.
        """
        rows = self._db.rows(
            "SELECT key, id, question FROM audience_groups "
            "WHERE id = :id AND twin_id = :twin AND tenant_id = :tenant",
            {"id": group_id, "twin": twin_id, "tenant": self._tenant},
        )
        if not rows:
            raise NotFound(f"there is no gap {group_id}", hint="see: twinctl audience gaps")
        return _to_group(rows[0])

    def open_questions(self, group: Group, limit: int) -> tuple[OpenQuestion, ...]:
        """Return the questions of a group that were refused and are open, newest first."""
        rows = self._db.rows(
            "SELECT message_id, conversation_id, question, visitor, asked_at, reason "
            "FROM audience_events WHERE group_key = :group AND tenant_id = :tenant "
            f"AND {_OPEN} ORDER BY key DESC LIMIT :limit",
            {"group": group.key, "tenant": self._tenant, "limit": limit},
        )
        return tuple(OpenQuestion(**dict(row)) for row in rows)

    def count_open(self, group: Group) -> int:
        """Return how many questions of a group were refused and are open."""
        rows = self._db.rows(
            "SELECT count(*) AS questions FROM audience_events "
            f"WHERE group_key = :group AND tenant_id = :tenant AND {_OPEN}",
            {"group": group.key, "tenant": self._tenant},
        )
        return int(rows[0]["questions"])

    def groups(self, keys: Sequence[int]) -> dict[int, Group]:
        """Return groups by their keys; those that are gone are left out."""
        wanted, params = in_list("key", keys)
        rows = self._db.rows(
            "SELECT key, id, question FROM audience_groups "
            f"WHERE tenant_id = :tenant AND key IN {wanted}",
            {**params, "tenant": self._tenant},
        )
        return {row["key"]: _to_group(row) for row in rows}


def _to_group(row: Row) -> Group:
    return Group(key=row["key"], id=row["id"], question=row["question"])


def _to_event(row: Row) -> Event:
    return Event(
        asked_at=row["asked_at"],
        channel=row["channel"],
        session=row["session"],
        visitor=row["visitor"],
        host=row["host"],
        answered=bool(row["answered"]),
        reason=row["reason"],
        took_ms=row["took_ms"],
        sources=tuple(json.loads(row["sources"])),
        rating=Rating(row["feedback"]) if row["feedback"] else None,
        is_closed=bool(row["is_closed"]),
        group_key=row["group_key"],
    )
