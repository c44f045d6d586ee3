"""The figures of days of one tenant's twins, added up over periods."""

from collections.abc import Iterable
from typing import Any

from twind.domain.metrics import DayFigures, Dimension, GroupCount, Total
from twind.store.database import Database, in_list

_FIGURES = "questions, answered, visitors, came_again, sessions, up, down"
_OF_GROUP = ("questions", "answered", "visitors", "open_questions", "open_visitors")


class FigureTable:
    """Reads the figures that `twind.store.metrics` writes."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def days(self, twin_id: str, first: int, last: int) -> dict[int, DayFigures]:
        """Return the figures of the days from `first` to `last` on which something was asked."""
        rows = self._db.rows(
            f"SELECT day, {_FIGURES} FROM audience_days WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND day BETWEEN :first AND :last ORDER BY day",
            self._period(twin_id, first, last),
        )
        names = _FIGURES.split(", ")
        return {row["day"]: DayFigures(**{name: row[name] for name in names}) for row in rows}

    def totals(
        self, twin_id: str, dimension: Dimension, first: int, last: int
    ) -> tuple[Total, ...]:
        """Add up what the questions of days have in common; the most frequent first."""
        rows = self._db.rows(
            "SELECT name, sum(questions) AS asked, sum(answered) AS answered "
            "FROM audience_counts WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND dimension = :dimension AND day BETWEEN :first AND :last "
            "GROUP BY name ORDER BY asked DESC, name",
            {**self._period(twin_id, first, last), "dimension": dimension},
        )
        return tuple(
            Total(name=row["name"], questions=row["asked"], answered=row["answered"])
            for row in rows
        )

    def groups(self, twin_id: str, first: int, last: int) -> tuple[GroupCount, ...]:
        """Add up all groups that were asked for from one day to another."""
        rows = self._db.rows(
            f"SELECT group_key, {', '.join(f'sum({name}) AS {name}' for name in _OF_GROUP)} "
            "FROM audience_group_days WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND day BETWEEN :first AND :last GROUP BY group_key",
            self._period(twin_id, first, last),
        )
        return tuple(GroupCount(**dict(row)) for row in rows)

    def asked(self, twin_id: str, keys: Iterable[int], first: int, last: int) -> dict[int, int]:
        """Return how often some groups were asked for, by their keys."""
        wanted, params = in_list("key", keys)
        rows = self._db.rows(
            "SELECT group_key, sum(questions) AS asked FROM audience_group_days "
            "WHERE twin_id = :twin AND tenant_id = :tenant AND day BETWEEN :first AND :last "
            f"AND group_key IN {wanted} GROUP BY group_key",
            {**params, **self._period(twin_id, first, last)},
        )
        return {row["group_key"]: row["asked"] for row in rows}

    def uncited(
        self, twin_id: str, first: int, last: int, limit: int
    ) -> tuple[tuple[str, ...], int]:
        """Return the ids of live sources that no answer cites, oldest first, and how many."""
        rows = self._db.rows(
            "SELECT id, count(*) OVER () AS uncited FROM sources WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND status = 'live' AND id NOT IN (SELECT name "
            "FROM audience_counts WHERE twin_id = :twin AND dimension = 'source' "
            "AND day BETWEEN :first AND :last) ORDER BY key LIMIT :limit",
            {**self._period(twin_id, first, last), "limit": limit},
        )
        return tuple(row["id"] for row in rows), rows[0]["uncited"] if rows else 0

    def _period(self, twin_id: str, first: int, last: int) -> dict[str, Any]:
        return {"twin": twin_id, "tenant": self._tenant, "first": first, "last": last}
