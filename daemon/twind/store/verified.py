"""Verified answers of one tenant's twins, with the vectors of their questions."""

import time
from collections.abc import Iterable
from typing import Any

from twind.domain.generations import ModelSpec
from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.domain.verified import VerifiedAnswer, plain
from twind.errors import Conflict, NotFound
from twind.store.conversations import ConversationTable
from twind.store.database import Database, Row
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.scope import twin_key

_VERIFIED = "key, id, twin_id, question, answer, created_at, updated_at"


class VerifiedTable:
    """Verified answers; one a question and twin."""

    def __init__(self, db: Database, tenant_id: str, conversations: ConversationTable) -> None:
        self._db = db
        self._tenant = tenant_id
        self._conversations = conversations

    def add(self, twin_id: str, question: str, answer: str) -> VerifiedAnswer:
        """Keep an answer.

        Raises:
            NotFound: No such twin.
            Conflict: The twin has an answer to this question.
        """
        with self._db.transaction():
            twin_key(self._db, self._tenant, twin_id)
            self._check_free(twin_id, question, "")
            rows = self._db.rows(
                "INSERT INTO verified_answers (id, tenant_id, twin_id, question, plain, answer, "
                "created_at, updated_at) VALUES (:id, :tenant, :twin, :question, :plain, "
                f":answer, :now, :now) RETURNING {_VERIFIED}",
                {
                    **self._params(new_id("qna")),
                    "twin": twin_id,
                    "question": question,
                    "plain": plain(question),
                    "answer": answer,
                    "now": time.time(),
                },
            )
        return _to_verified(rows[0])

    def get(self, qna_id: str) -> VerifiedAnswer:
        """Return a verified answer.

        Raises:
            NotFound: No such answer.
        """
        rows = self._db.rows(
            f"SELECT {_VERIFIED} FROM verified_answers WHERE id = :id AND tenant_id = :tenant",
            self._params(qna_id),
        )
        if not rows:
            raise no_verified(qna_id)
        return _to_verified(rows[0])

    def list(
        self, twin_id: str, *, cursor: str | None = None, limit: int = 100
    ) -> Page[VerifiedAnswer]:
        """Return a page of the verified answers of a twin, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_VERIFIED} FROM verified_answers WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND key < :before ORDER BY key DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_verified)

    def change(
        self, qna_id: str, *, question: str | None = None, answer: str | None = None
    ) -> VerifiedAnswer:
        """Change what is given of a verified answer.

        Raises:
            NotFound: No such answer.
            Conflict: The twin has another answer to this question.
        """
        with self._db.transaction():
            known = self.get(qna_id)
            question = known.question if question is None else question
            self._check_free(known.twin_id, question, qna_id)
            self._db.execute(
                "UPDATE verified_answers SET question = :question, plain = :plain, "
                "answer = coalesce(:answer, answer), updated_at = :now, "
                "model = CASE WHEN question = :question THEN model END, "
                "vector = CASE WHEN question = :question THEN vector END "
                "WHERE id = :id AND tenant_id = :tenant",
                {
                    **self._params(qna_id),
                    "question": question,
                    "plain": plain(question),
                    "answer": answer,
                    "now": time.time(),
                },
            )
            return self.get(qna_id)

    def delete(self, qna_id: str) -> int:
        """Remove a verified answer; return how many answers that quote it were withdrawn.

        Raises:
            NotFound: No such answer.
        """
        with self._db.transaction():
            known = self.get(qna_id)
            self._db.execute(
                "DELETE FROM verified_answers WHERE id = :id AND tenant_id = :tenant",
                self._params(qna_id),
            )
            return self._conversations.withdraw(known.twin_id, known.id)

    def all(self, twin_id: str) -> tuple[VerifiedAnswer, ...]:
        """Return all verified answers of a twin, oldest first."""
        rows = self._db.rows(
            f"SELECT {_VERIFIED} FROM verified_answers "
            "WHERE twin_id = :twin AND tenant_id = :tenant ORDER BY key",
            {"twin": twin_id, "tenant": self._tenant},
        )
        return tuple(_to_verified(row) for row in rows)

    def find(self, twin_id: str, question: str) -> VerifiedAnswer | None:
        """Return the answer to a question that is the same but for case and punctuation."""
        rows = self._db.rows(
            f"SELECT {_VERIFIED} FROM verified_answers "
            "WHERE twin_id = :twin AND tenant_id = :tenant AND plain = :plain",
            {"twin": twin_id, "tenant": self._tenant, "plain": plain(question)},
        )
        return _to_verified(rows[0]) if rows else None

    def unembedded(self, twin_id: str, spec: ModelSpec) -> tuple[VerifiedAnswer, ...]:
        """Return the verified answers whose questions have no vector of a model."""
        rows = self._db.rows(
            f"SELECT {_VERIFIED} FROM verified_answers WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND model IS NOT :model ORDER BY key",
            {"twin": twin_id, "tenant": self._tenant, "model": spec.question_space},
        )
        return tuple(_to_verified(row) for row in rows)

    def put_vectors(self, spec: ModelSpec, made: Iterable[tuple[VerifiedAnswer, bytes]]) -> int:
        """Keep the vectors that a model made of questions; return how many were kept.

        That of a question which was changed meanwhile is not.
        """
        with self._db.transaction():
            return self._db.executemany(
                "UPDATE verified_answers SET model = :model, vector = :vector "
                "WHERE id = :id AND tenant_id = :tenant AND question = :question",
                [
                    {
                        **self._params(verified.id),
                        "question": verified.question,
                        "model": spec.question_space,
                        "vector": vector,
                    }
                    for verified, vector in made
                ],
            )

    def nearest(
        self, twin_id: str, spec: ModelSpec, vector: bytes, limit: int
    ) -> tuple[tuple[VerifiedAnswer, float], ...]:
        """Return the answers to the questions nearest to a vector, with cosines, nearest first."""
        rows = self._db.rows(
            f"SELECT {_VERIFIED}, 1 - vec_distance_cosine(vector, :vector) AS cosine "
            "FROM verified_answers WHERE twin_id = :twin AND tenant_id = :tenant "
            "AND model = :model ORDER BY cosine DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "model": spec.question_space,
                "vector": vector,
                "limit": limit,
            },
        )
        return tuple((_to_verified(row), row["cosine"] or 0.0) for row in rows)

    def _check_free(self, twin_id: str, question: str, qna_id: str) -> None:
        known = self.find(twin_id, question)
        if known is not None and known.id != qna_id:
            raise Conflict(
                f"there is an answer to this question: {known.id}",
                hint=f"twinctl qa delete {known.id}, then add it anew",
            )

    def _params(self, qna_id: str) -> dict[str, Any]:
        return {"id": qna_id, "tenant": self._tenant}


def no_verified(qna_id: str) -> NotFound:
    """Return the error that says so."""
    return NotFound(f"there is no verified answer {qna_id}", hint="see: twinctl qa list")


def _to_verified(row: Row) -> VerifiedAnswer:
    return VerifiedAnswer(
        id=row["id"],
        twin_id=row["twin_id"],
        question=row["question"],
        answer=row["answer"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
