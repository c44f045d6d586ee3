"""The figures of days of one tenant's twins, added up over periods."""

from typing import Literal

from twind.domain.metrics import DayFigures, Dimension, Total
from twind.store.database import Database

_FIGURES = "questions, answered, visitors, came_again, sessions, up, down"
_ORDERS = {"questions": "asked DESC", "visitors": "visitors DESC, asked DESC"}


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
            {"twin": twin_id, "tenant": self._tenant, "first": first, "last": last},
        )
        names = _FIGURES.split(", ")
        return {row["day"]: DayFigures(**{name: row[name] for name in names}) for row in rows}

    def totals(
        self,
        twin_id: str,
        dimension: Dimension,
        first: int,
        last: int,
        *,
        by: Literal["questions", "visitors"] = "questions",
        limit: int = -1,
    ) -> tuple[Total, ...]:
        """Add up what days have in common; the largest first.

        Args:
            twin_id: The twin.
            dimension: What to count by.
            first: First day.
            last: Last day; the period before is as long and ends before `first`.
            by: What makes one larger than another.
            limit: At most so many; -1 for all.
        """
        rows = self._db.rows(
            "SELECT name, sum(questions * (day >= :first)) AS asked, "
            "sum(answered * (day >= :first)) AS answered, "
            "sum(visitors * (day >= :first)) AS visitors, "
            "sum(questions * (day < :first)) AS before "
            "FROM audience_counts WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND dimension = :dimension AND day BETWEEN :earliest AND :last GROUP BY name "
            f"HAVING asked > 0 ORDER BY {_ORDERS[by]}, name LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "dimension": dimension,
                "earliest": 2 * first - last - 1,
                "first": first,
                "last": last,
                "limit": limit,
            },
        )
        return tuple(
            Total(
                name=row["name"],
                questions=row["asked"],
                answered=row["answered"],
                visitors=row["visitors"],
                before=row["before"],
            )
            for row in rows
        )

    def uncited(
        self, twin_id: str, first: int, last: int, limit: int
    ) -> tuple[tuple[str, ...], int]:
        """Return the ids of live sources that no answer cites, oldest first, and how many."""
        rows = self._db.rows(
            "SELECT id, count(*) OVER () AS uncited FROM sources WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND status = 'live' AND id NOT IN (SELECT name "
            "FROM audience_counts WHERE twin_id = :twin AND dimension = 'source' "
            "AND day BETWEEN :first AND :last) ORDER BY key LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "first": first,
                "last": last,
                "limit": limit,
            },
        )
        return tuple(row["id"] for row in rows), rows[0]["uncited"] if rows else 0
