"""Writing down what is asked of one tenant's twins. Only `audience.collector` calls this."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from twind.domain.audience import Asked
from twind.domain.ids import new_id
from twind.domain.metrics import COURTESY, Dimension, Group, Rating, Rollup, Ungrouped, day_of
from twind.domain.verified import plain
from twind.store.database import Database, Row, in_list

_EVENT = (
    "message_id, conversation_id, asked_at, day, channel, session, visitor, host, question, "
    "plain, answered, reason, confidence, sources, took_ms"
)


class MetricsTable:
    """Events, the groups that their questions belong to, and the figures of days."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(self, asked: Asked, at: float) -> None:
        """Note what was asked at a time in UTC seconds; nothing where the twin is gone."""
        with self._db.transaction():
            rows = self._db.rows(
                f"INSERT INTO audience_events (tenant_id, twin_id, {_EVENT}) "
                "SELECT tenant_id, id, :message_id, :conversation_id, :at, :day, :channel, "
                ":session, :visitor, :host, :question, :plain, :answered, :reason, "
                ":confidence, :sources, :took_ms FROM twins "
                "WHERE id = :twin AND tenant_id = :tenant AND leaving_at IS NULL RETURNING key",
                {**_values(asked), **self._day(asked.twin_id, day_of(at)), "at": at},
            )
            for row in rows:
                if not asked.is_courtesy:
                    self._leave_to_group(row["key"], asked)
                self._mark([(asked.twin_id, day_of(at))])

    def start_group(self, first: Ungrouped, model: str | None, vector: bytes | None) -> None:
        """Make a group of a question that is like no other."""
        with self._db.transaction():
            rows = self._db.rows(
                "INSERT INTO audience_groups (id, tenant_id, twin_id, leader, question, model, "
                "vector) SELECT :id, tenant_id, twin_id, key, question, :model, :vector "
                "FROM audience_events WHERE key = :key AND tenant_id = :tenant "
                "AND group_key IS NULL RETURNING key",
                {
                    "id": new_id("grp"),
                    "tenant": self._tenant,
                    "key": first.key,
                    "model": model,
                    "vector": vector,
                },
            )
            self.put_in_groups([(first.key, row["key"]) for row in rows])

    def put_in_groups(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put events into groups, both by their keys; what has a group stays there."""
        with self._db.transaction():
            self._mark_rows([row for pair in pairs for row in self._put_in_group(*pair)])

    def put_vectors(self, model: str, made: Iterable[tuple[Group, bytes]]) -> int:
        """Keep the vectors that a model made of the questions of groups; return how many.

        That of a question which was exchanged meanwhile is not kept.
        """
        return self._db.executemany(
            "UPDATE audience_groups SET model = :model, vector = :vector "
            "WHERE key = :key AND tenant_id = :tenant AND question = :question",
            [
                {
                    "model": model,
                    "vector": vector,
                    "key": group.key,
                    "question": group.question,
                    "tenant": self._tenant,
                }
                for group, vector in made
            ],
        )

    def put_rollup(self, twin_id: str, day: int, rollup: Rollup, *, changes: int) -> None:
        """Keep the figures of a day; it is done with unless it was changed once more.

        Args:
            twin_id: The twin.
            day: The day.
            rollup: The figures.
            changes: How often the day had changed before its events were read.
        """
        with self._db.transaction():
            marked = self._db.rows(
                "SELECT 1 FROM audience_changed_days "
                "WHERE twin_id = :twin AND day = :day AND tenant_id = :tenant",
                self._day(twin_id, day),
            )
            if not marked:
                return
            self._drop_figures(twin_id, day)
            if rollup.figures.questions:
                self._put_figures(twin_id, day, rollup)
            self._db.execute(
                "DELETE FROM audience_changed_days WHERE twin_id = :twin AND day = :day "
                "AND tenant_id = :tenant AND changes = :changes",
                {**self._day(twin_id, day), "changes": changes},
            )

    def rate(self, message_id: str, rating: Rating | None, session: str) -> bool:
        """Rate an answer, if it was given in the session; return whether it was."""
        with self._db.transaction():
            rows = self._db.rows(
                "UPDATE audience_events SET feedback = :rating WHERE message_id = :message "
                "AND tenant_id = :tenant AND session = :session "
                "RETURNING twin_id, day",
                {
                    "rating": rating,
                    "message": message_id,
                    "tenant": self._tenant,
                    "session": session,
                },
            )
            self._mark_rows(rows)
        return bool(rows)

    def close(self, message_ids: Iterable[str]) -> None:
        """Count refused questions no longer as open."""
        wanted, params = in_list("message", message_ids)
        with self._db.transaction():
            self._mark_rows(
                self._db.rows(
                    "UPDATE audience_events SET is_closed = 1 WHERE tenant_id = :tenant "
                    f"AND answered = 0 AND message_id IN {wanted} RETURNING twin_id, day",
                    {**params, "tenant": self._tenant},
                )
            )

    def forget(self, twin_id: str, visitor: str, conversation_ids: Iterable[str]) -> int:
        """Remove what a visitor asked, and what was asked in conversations; return how much."""
        wanted, params = in_list("conversation", conversation_ids)
        said = f"SELECT id FROM messages WHERE conversation_id IN {wanted}"
        with self._db.transaction():
            return self._remove(
                "twin_id = :twin AND visitor = :visitor AND visitor <> ''",
                {"twin": twin_id, "visitor": visitor},
            ) + self._remove(
                f"+twin_id = :twin AND message_id IN ({said})", {**params, "twin": twin_id}
            )

    def drop_day(self, twin_id: str, day: int) -> None:
        """Remove a day with its events and figures."""
        with self._db.transaction():
            self._remove("twin_id = :twin AND day = :day", self._day(twin_id, day))
            self._drop_figures(twin_id, day)
            self._db.execute(
                "DELETE FROM audience_changed_days "
                "WHERE twin_id = :twin AND day = :day AND tenant_id = :tenant",
                self._day(twin_id, day),
            )

    def _put_in_group(self, event_key: int, group_key: int) -> Sequence[Row]:
        rows = self._db.rows(
            "UPDATE audience_events SET group_key = :group WHERE key = :key "
            "AND tenant_id = :tenant AND group_key IS NULL AND twin_id = (SELECT twin_id "
            "FROM audience_groups WHERE key = :group AND tenant_id = :tenant) "
            "RETURNING twin_id, day",
            {"group": group_key, "key": event_key, "tenant": self._tenant},
        )
        for _ in rows:
            self._db.execute(
                "DELETE FROM audience_ungrouped WHERE event_key = :key", {"key": event_key}
            )
        return rows

    def _remove(self, condition: str, params: dict[str, Any]) -> int:
        with self._db.transaction():
            rows = self._db.rows(
                f"DELETE FROM audience_events WHERE tenant_id = :tenant AND {condition} "
                "RETURNING twin_id, day, group_key",
                {**params, "tenant": self._tenant},
            )
            self._mark_rows(rows)
            self._mend_groups({row["group_key"] for row in rows} - {None})
        return len(rows)

    def _mend_groups(self, keys: Iterable[int]) -> None:
        """Remove groups without events; let others go by words that are still kept."""
        wanted, params = in_list("group", keys)
        params["tenant"] = self._tenant
        first = "(SELECT min(key) FROM audience_events WHERE group_key = g.key)"
        self._db.execute(
            f"DELETE FROM audience_groups AS g WHERE tenant_id = :tenant AND key IN {wanted} "
            f"AND {first} IS NULL",
            params,
        )
        rows = self._db.rows(
            "SELECT g.key, e.key AS leader, e.question, e.question = g.question AS is_same "
            f"FROM audience_groups AS g JOIN audience_events AS e ON e.key = {first} "
            f"WHERE g.tenant_id = :tenant AND g.key IN {wanted} AND e.key <> g.leader",
            params,
        )
        self._db.executemany(
            "UPDATE audience_groups SET leader = :leader, question = :question, "
            "model = CASE WHEN :is_same THEN model END, "
            "vector = CASE WHEN :is_same THEN vector END WHERE key = :key",
            [dict(row) for row in rows],
        )

    def _put_figures(self, twin_id: str, day: int, rollup: Rollup) -> None:
        self._db.execute(
            "INSERT INTO audience_days (twin_id, day, tenant_id, questions, answered, visitors, "
            "came_again, sessions, up, down) VALUES (:twin, :day, :tenant, :questions, :answered, "
            ":visitors, :came_again, :sessions, :up, :down)",
            {**self._day(twin_id, day), **asdict(rollup.figures)},
        )
        self._db.executemany(
            "INSERT INTO audience_counts (twin_id, dimension, day, name, tenant_id, questions, "
            "answered) VALUES (:twin, :dimension, :day, :name, :tenant, :questions, :answered)",
            [{**self._day(twin_id, day), **asdict(count)} for count in rollup.counts],
        )
        self._db.executemany(
            "INSERT INTO audience_group_days (twin_id, day, group_key, tenant_id, questions, "
            "answered, visitors, open_questions, open_visitors) VALUES (:twin, :day, :group_key, "
            ":tenant, :questions, :answered, :visitors, :open_questions, :open_visitors)",
            [{**self._day(twin_id, day), **asdict(group)} for group in rollup.groups],
        )

    def _leave_to_group(self, event_key: int, asked: Asked) -> None:
        self._db.execute(
            "INSERT INTO audience_ungrouped (event_key, tenant_id, model, vector) "
            "VALUES (:key, :tenant, :model, :vector)",
            {
                "key": event_key,
                "tenant": self._tenant,
                "model": asked.model,
                "vector": asked.vector,
            },
        )

    def _drop_figures(self, twin_id: str, day: int) -> None:
        dimensions, params = in_list("dimension", Dimension)
        of_day = "twin_id = :twin AND day = :day AND tenant_id = :tenant"
        for table in ("audience_days", "audience_group_days"):
            self._db.execute(f"DELETE FROM {table} WHERE {of_day}", self._day(twin_id, day))
        self._db.execute(
            f"DELETE FROM audience_counts WHERE {of_day} AND dimension IN {dimensions}",
            {**params, **self._day(twin_id, day)},
        )

    def _mark_rows(self, rows: Sequence[Row]) -> None:
        self._mark({(row["twin_id"], row["day"]) for row in rows})

    def _mark(self, days: Iterable[tuple[str, int]]) -> None:
        """Have the figures of days made anew."""
        self._db.executemany(
            "INSERT INTO audience_changed_days (twin_id, day, tenant_id) "
            "VALUES (:twin, :day, :tenant) "
            "ON CONFLICT (twin_id, day) DO UPDATE SET changes = changes + 1",
            [self._day(twin_id, day) for twin_id, day in days],
        )

    def _day(self, twin_id: str, day: int) -> dict[str, Any]:
        return {"twin": twin_id, "day": day, "tenant": self._tenant}


def _values(asked: Asked) -> dict[str, Any]:
    asker = asked.asker
    return {
        "message_id": asked.message_id,
        "conversation_id": asked.conversation_id,
        "channel": asker.channel,
        "session": asker.session,
        "visitor": asker.visitor,
        "host": asker.origin_host,
        "question": asked.question,
        "plain": plain(asked.question),
        "answered": asked.answered,
        "reason": COURTESY if asked.is_courtesy else asked.refusal_reason,
        "confidence": asked.confidence,
        "sources": json.dumps(asked.sources),
        "took_ms": asked.took_ms,
    }
