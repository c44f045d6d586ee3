"""The secret of an installation, made once."""

import secrets

from twind.store.database import Database

_BYTES = 32


def server_secret(db: Database) -> bytes:
    """Return the secret that this installation signs and hashes with; made on first use."""
    with db.transaction():
        db.execute(
            "INSERT INTO server_secret (key, value) VALUES (1, :value) ON CONFLICT DO NOTHING",
            {"value": secrets.token_bytes(_BYTES)},
        )
        (row,) = db.rows("SELECT value FROM server_secret")
    return bytes(row["value"])
