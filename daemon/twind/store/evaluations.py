"""How the twins of one tenant did on their owner's questions."""

import time
from dataclasses import asdict

from twind.domain.evaluations import Evaluation, Figures
from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.store.database import Database, Row
from twind.store.paging import AFTER_ALL, parse_cursor, to_page
from twind.store.scope import twin_key

_FIGURES = '"right", recall, answered, supported, refused_rightly, refused_wrongly'
_EVALUATION = f"key, id, twin_id, name, questions, {_FIGURES}, created_at"


class EvaluationTable:
    """Runs of questions, one a row."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def add(self, twin_id: str, name: str, questions: int, figures: Figures) -> Evaluation:
        """Keep the figures of a run.

        Raises:
            NotFound: No such twin.
        """
        evaluation = Evaluation(
            id=new_id("evl"),
            twin_id=twin_id,
            name=name,
            questions=questions,
            figures=figures,
            created_at=time.time(),
        )
        with self._db.transaction():
            twin_key(self._db, self._tenant, twin_id)
            self._db.execute(
                "INSERT INTO evaluations (id, tenant_id, twin_id, name, questions, "
                f"{_FIGURES}, created_at) VALUES (:id, :tenant, :twin, :name, :questions, "
                ":right, :recall, :answered, :supported, :refused_rightly, :refused_wrongly, "
                ":now)",
                {
                    **asdict(figures),
                    "id": evaluation.id,
                    "tenant": self._tenant,
                    "twin": twin_id,
                    "name": name,
                    "questions": questions,
                    "now": evaluation.created_at,
                },
            )
        return evaluation

    def list(
        self, twin_id: str, *, cursor: str | None = None, limit: int = 100
    ) -> Page[Evaluation]:
        """Return a page of the runs of a twin, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_EVALUATION} FROM evaluations WHERE twin_id = :twin "
            "AND tenant_id = :tenant AND key < :before ORDER BY key DESC LIMIT :limit",
            {
                "twin": twin_id,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_evaluation)


def _to_evaluation(row: Row) -> Evaluation:
    return Evaluation(
        id=row["id"],
        twin_id=row["twin_id"],
        name=row["name"],
        questions=row["questions"],
        figures=Figures(
            right=row["right"],
            recall=row["recall"],
            answered=row["answered"],
            supported=row["supported"],
            refused_rightly=row["refused_rightly"],
            refused_wrongly=row["refused_wrongly"],
        ),
        created_at=row["created_at"],
    )
