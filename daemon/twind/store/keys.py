"""API keys: those of one tenant, and the one that a secret belongs to."""

import json
import time
from collections.abc import Sequence
from hmac import compare_digest
from typing import Any

from twind.domain.ids import new_id
from twind.domain.keys import ApiKey, KeyKind, KeyTerms, Scope, secret_hash, shown_parts
from twind.domain.pages import Page
from twind.errors import NotFound
from twind.store.database import Database, Row
from twind.store.paging import AFTER_ALL, parse_cursor, to_page

_KEY = (
    "key, id, name, kind, prefix, last_four, scopes, twins, origins, requests_per_minute, "
    "expires_at, created_at, last_used_at, revoked_at, replaced_by"
)


class KeyTable:
    """Keys of one tenant."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(self, secret: str, terms: KeyTerms) -> ApiKey:
        """Keep a new key, and of its secret only the hash."""
        prefix, last_four = shown_parts(secret)
        with self._db.transaction():
            rows = self._db.rows(
                "INSERT INTO api_keys (id, tenant_id, name, kind, hash, prefix, last_four, "
                "scopes, twins, origins, requests_per_minute, expires_at, created_at) VALUES "
                "(:id, :tenant, :name, :kind, :hash, :prefix, :last_four, :scopes, :twins, "
                f":origins, :requests, :expires, :now) RETURNING {_KEY}",
                {
                    **self._params(new_id("key")),
                    "name": terms.name,
                    "kind": terms.kind,
                    "hash": secret_hash(secret),
                    "prefix": prefix,
                    "last_four": last_four,
                    "scopes": _written(terms.scopes),
                    "twins": _written(terms.twins),
                    "origins": _written(terms.origins),
                    "requests": terms.requests_per_minute,
                    "expires": terms.expires_at,
                    "now": time.time(),
                },
            )
        return _to_key(rows[0])

    def get(self, key_id: str) -> ApiKey:
        """Return a key.

        Raises:
            NotFound: No such key.
        """
        rows = self._db.rows(
            f"SELECT {_KEY} FROM api_keys WHERE id = :id AND tenant_id = :tenant",
            self._params(key_id),
        )
        if not rows:
            raise NotFound(f"there is no key {key_id}", hint="see: twinctl keys list")
        return _to_key(rows[0])

    def list(self, *, cursor: str | None = None, limit: int = 100) -> Page[ApiKey]:
        """Return a page of keys, newest first, revoked and expired ones among them.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_KEY} FROM api_keys WHERE tenant_id = :tenant AND key < :before "
            "ORDER BY key DESC LIMIT :limit",
            {
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_key)

    def revoke(self, key_id: str) -> bool:
        """End a key now; return whether it was not revoked before."""
        changed = self._db.execute(
            "UPDATE api_keys SET revoked_at = :now "
            "WHERE id = :id AND tenant_id = :tenant AND revoked_at IS NULL",
            {**self._params(key_id), "now": time.time()},
        )
        return bool(changed)

    def replace(self, key_id: str, successor_id: str, expires_at: float) -> bool:
        """Note which key takes the place of another, which ends at that time or before."""
        changed = self._db.execute(
            "UPDATE api_keys SET replaced_by = :successor, "
            "expires_at = CASE WHEN expires_at < :expires THEN expires_at ELSE :expires END "
            "WHERE id = :id AND tenant_id = :tenant",
            {**self._params(key_id), "successor": successor_id, "expires": expires_at},
        )
        return bool(changed)

    def _params(self, key_id: str) -> dict[str, Any]:
        return {"id": key_id, "tenant": self._tenant}


class KeyIndex:
    """Keys of all tenants, as they are used."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, secret: str) -> tuple[str, ApiKey] | None:
        """Return the tenant of a secret and its key; None if there is none.

        Any text costs the same: one hash and one look at an index.
        """
        digest = secret_hash(secret)
        rows = self._db.rows(
            f"SELECT tenant_id, hash, {_KEY} FROM api_keys WHERE hash = :hash AND tenant_id IN "
            "(SELECT id FROM tenants WHERE leaving_at IS NULL)",
            {"hash": digest},
        )
        kept = rows[0]["hash"] if rows else ""
        if not compare_digest(kept, digest):
            return None
        return rows[0]["tenant_id"], _to_key(rows[0])

    def note_use(self, key_id: str, *, once_in_s: float) -> None:
        """Note that a key was used just now, unless that was noted a short while ago."""
        now = time.time()
        self._db.execute(
            "UPDATE api_keys SET last_used_at = :now "
            "WHERE id = :id AND coalesce(last_used_at, 0) <= :before",
            {"id": key_id, "now": now, "before": now - once_in_s},
        )

    def newest(self) -> str | None:
        """Return the id of the key that was made last; None without any."""
        rows = self._db.rows("SELECT id FROM api_keys ORDER BY key DESC LIMIT 1")
        return rows[0]["id"] if rows else None

    def origins(self) -> list[tuple[str, ...]]:
        """Return the origins that keys are for, each set once; an empty one for loopback pages.

        Those of keys that have ended are among them: their pages may still read why.
        """
        rows = self._db.rows("SELECT DISTINCT origins FROM api_keys")
        return [tuple(json.loads(row["origins"])) for row in rows]


def _written(values: Sequence[str]) -> str:
    return json.dumps(list(values))


def _to_key(row: Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        name=row["name"],
        kind=KeyKind(row["kind"]),
        prefix=row["prefix"],
        last_four=row["last_four"],
        scopes=tuple(Scope(scope) for scope in json.loads(row["scopes"])),
        twins=tuple(json.loads(row["twins"])),
        origins=tuple(json.loads(row["origins"])),
        requests_per_minute=row["requests_per_minute"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
        revoked_at=row["revoked_at"],
        replaced_by=row["replaced_by"],
    )
