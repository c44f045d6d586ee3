"""What the pseudonyms of visitors are made with, day by day."""

import secrets

from twind.store.database import Database

_BYTES = 32


class SaltTable:
    """Random salts, one a day for all tenants."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of_day(self, day: int) -> bytes:
        """Return the salt of a day, made where there is none."""
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO visitor_salts (day, salt) VALUES (:day, :salt) "
                "ON CONFLICT (day) DO NOTHING",
                {"day": day, "salt": secrets.token_bytes(_BYTES)},
            )
            rows = self._db.rows("SELECT salt FROM visitor_salts WHERE day = :day", {"day": day})
        return bytes(rows[0]["salt"])

    def drop_before(self, day: int) -> int:
        """Remove the salts of all days before one; return how many there were."""
        return self._db.execute("DELETE FROM visitor_salts WHERE day < :day", {"day": day})
