"""Writes down the schema that the migrations make.

`python -m tests.migrations.schema` writes it to `daemon/twind/store/schema.sql`.
"""

import tempfile
from pathlib import Path

from twind.store.migrate import migrate
from twind.store.sqlite import SqliteDatabase

SNAPSHOT = Path(__file__).parents[2] / "daemon" / "twind" / "store" / "schema.sql"


def schema(db: SqliteDatabase) -> str:
    """Return the statements that would make the tables and indexes of a database."""
    rows = db.rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite%' AND tbl_name <> '_sqlite_migrations' "
        "ORDER BY tbl_name, type DESC, name"
    )
    return "".join(f"{row['sql']};\n" for row in rows)


def write() -> None:
    """Write the snapshot."""
    with tempfile.TemporaryDirectory() as folder:
        db = SqliteDatabase.open(Path(folder) / "file.db")
        migrate(db.connection)
        SNAPSHOT.write_text(schema(db), encoding="utf-8")
        db.close()


if __name__ == "__main__":
    write()
