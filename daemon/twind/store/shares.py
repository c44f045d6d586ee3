"""Share links of one tenant's twins, and whose link a token opens."""

import time
from dataclasses import asdict
from hmac import compare_digest
from typing import Any

from twind.domain.ids import new_id
from twind.domain.keys import secret_hash
from twind.domain.pages import Page
from twind.domain.shares import NewShare, Share
from twind.errors import NotFound
from twind.store.database import Database, Row
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.scope import twin_key

_SHARE = (
    "key, id, twin_id, name, prefix, expires_at, max_questions, questions, "
    "passcode_hash IS NOT NULL AS has_passcode, created_at, revoked_at"
)


class ShareTable:
    """Share links of one tenant."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(self, new: NewShare) -> Share:
        """Keep a link.

        Raises:
            NotFound: No such twin.
        """
        with self._db.transaction():
            twin_key(self._db, self._tenant, new.twin_id)
            rows = self._db.rows(
                "INSERT INTO shares (id, tenant_id, twin_id, name, prefix, token_hash, "
                "passcode_hash, expires_at, max_questions, created_at) VALUES (:id, :tenant, "
                ":twin_id, :name, :prefix, :token_hash, :passcode_hash, :expires_at, "
                f":max_questions, :now) RETURNING {_SHARE}",
                {**self._params(new_id("shr")), **asdict(new), "now": time.time()},
            )
        return _to_share(rows[0])

    def get(self, share_id: str) -> Share:
        """Return a link.

        Raises:
            NotFound: No such link.
        """
        rows = self._db.rows(
            f"SELECT {_SHARE} FROM shares WHERE id = :id AND tenant_id = :tenant",
            self._params(share_id),
        )
        if not rows:
            raise no_share(share_id)
        return _to_share(rows[0])

    def list(self, twin_id: str, *, cursor: str | None = None, limit: int = 100) -> Page[Share]:
        """Return a page of the links of a twin, newest first, also those that have ended.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_SHARE} FROM shares WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND key < :before ORDER BY key DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_share)

    def revoke(self, share_id: str) -> Share:
        """End a link, if it has not been ended before; return it.

        Raises:
            NotFound: No such link.
        """
        with self._db.transaction():
            self._db.execute(
                "UPDATE shares SET revoked_at = coalesce(revoked_at, :now) "
                "WHERE id = :id AND tenant_id = :tenant",
                {**self._params(share_id), "now": time.time()},
            )
            return self.get(share_id)

    def passcode_hash(self, share_id: str) -> str | None:
        """Return the hash of the passcode of a link; None where none is needed."""
        rows = self._db.rows(
            "SELECT passcode_hash FROM shares WHERE id = :id AND tenant_id = :tenant",
            self._params(share_id),
        )
        return rows[0]["passcode_hash"] if rows else None

    def count_question(self, share_id: str) -> bool:
        """Count a question that is asked over a link; False where no more may be asked.

        Of questions that come at once, no more are let through than the link has left. Each that
        is counted ends with `settle` or `give_back`.
        """
        with self._db.transaction():
            counted = self._db.execute(
                "UPDATE shares SET questions = questions + 1, asking = asking + 1 "
                "WHERE id = :id AND tenant_id = :tenant AND revoked_at IS NULL "
                "AND (expires_at IS NULL OR expires_at > :now) "
                "AND (max_questions IS NULL OR questions < max_questions)",
                {**self._params(share_id), "now": time.time()},
            )
        return counted > 0

    def settle(self, share_id: str) -> None:
        """Let a question stay counted for good."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE shares SET asking = asking - 1 "
                "WHERE id = :id AND tenant_id = :tenant AND asking > 0",
                self._params(share_id),
            )

    def give_back(self, share_id: str) -> None:
        """Count a question no longer, as one that failed inside."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE shares SET questions = questions - 1, asking = asking - 1 "
                "WHERE id = :id AND tenant_id = :tenant AND questions > 0 AND asking > 0",
                self._params(share_id),
            )

    def _params(self, share_id: str) -> dict[str, Any]:
        return {"id": share_id, "tenant": self._tenant}


def no_share(share_id: str) -> NotFound:
    """Return the error that says so."""
    return NotFound(f"there is no share link {share_id}", hint="see: twinctl share list")


class ShareIndex:
    """Finds a link of any tenant by its token, and looks after those of all."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, token: str) -> tuple[str, str] | None:
        """Return the tenant of a token and the id of its link; None if there is none.

        Any text costs the same: one hash and one look at an index.
        """
        digest = secret_hash(token)
        rows = self._db.rows(
            "SELECT tenant_id, id, token_hash FROM shares WHERE token_hash = :hash",
            {"hash": digest},
        )
        kept = rows[0]["token_hash"] if rows else ""
        return (rows[0]["tenant_id"], rows[0]["id"]) if compare_digest(kept, digest) else None

    def give_back_all(self) -> None:
        """Count no question any longer that was neither settled nor given back."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE shares SET questions = max(0, questions - asking), asking = 0 "
                "WHERE asking > 0"
            )


def _to_share(row: Row) -> Share:
    return Share(
        id=row["id"],
        twin_id=row["twin_id"],
        name=row["name"],
        prefix=row["prefix"],
        expires_at=row["expires_at"],
        max_questions=row["max_questions"],
        questions=row["questions"],
        has_passcode=bool(row["has_passcode"]),
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
    )
