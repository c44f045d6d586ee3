"""Whether a twin belongs to a tenant. One that was deleted belongs to none any more."""

from twind.errors import NotFound
from twind.store.database import Database

OF_A_TWIN = "EXISTS (SELECT 1 FROM twins AS t WHERE t.id = twin_id AND t.leaving_at IS NULL)"
"""Condition on a row with a `twin_id`: that twin was not deleted."""


def find_twin_key(db: Database, tenant_id: str, twin_id: str) -> int | None:
    """Return the key of a twin of this tenant, or None."""
    rows = db.rows(
        "SELECT key FROM twins WHERE id = :twin AND tenant_id = :tenant AND leaving_at IS NULL",
        {"twin": twin_id, "tenant": tenant_id},
    )
    return rows[0]["key"] if rows else None


def twin_key(db: Database, tenant_id: str, twin_id: str) -> int:
    """Return the key of a twin of this tenant.

    Raises:
        NotFound: No such twin.
    """
    key = find_twin_key(db, tenant_id, twin_id)
    if key is None:
        raise NotFound(f"there is no twin {twin_id}", hint="see: twinctl twin list")
    return key
