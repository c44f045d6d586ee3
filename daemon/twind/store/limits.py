"""What is left of limits, so that a restart does not fill them up again."""

from collections.abc import Iterable, Mapping

from twind.domain.limits import Level
from twind.store.database import Database


class LimitTable:
    """Levels of buckets by name, over all tenants."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def since(self, moment: float) -> dict[str, Level]:
        """Return the levels that were taken from at a time or later."""
        rows = self._db.rows(
            "SELECT name, tokens, at FROM limits WHERE at >= :moment", {"moment": moment}
        )
        return {row["name"]: Level(tokens=row["tokens"], at=row["at"]) for row in rows}

    def keep(self, levels: Mapping[str, Level], *, forget_before: float) -> None:
        """Keep these levels, and none that were last taken from before a time."""
        with self._db.transaction():
            self._db.execute("DELETE FROM limits WHERE at < :moment", {"moment": forget_before})
            self._db.executemany(
                "INSERT INTO limits (name, tokens, at) VALUES (:name, :tokens, :at) "
                "ON CONFLICT (name) DO UPDATE SET tokens = excluded.tokens, at = excluded.at",
                _rows(levels.items()),
            )


def _rows(levels: Iterable[tuple[str, Level]]) -> list[dict[str, object]]:
    return [{"name": name, "tokens": level.tokens, "at": level.at} for name, level in levels]
