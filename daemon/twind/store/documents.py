"""Texts of one tenant's sources, which locators point into."""

from twind.errors import NotFound
from twind.store.database import Database


class DocumentTable:
    """The indexed text of each source."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def text(self, source_id: str) -> str:
        """Return the whole text of a source.

        Raises:
            NotFound: No such source, or nothing of it is indexed.
        """
        rows = self._db.rows(
            "SELECT text FROM documents WHERE source_id = :source AND tenant_id = :tenant",
            {"source": source_id, "tenant": self._tenant},
        )
        if not rows:
            raise NotFound(
                f"there is no text of source {source_id}",
                hint=f"see why with: twinctl sources show {source_id}",
            )
        return str(rows[0]["text"])
