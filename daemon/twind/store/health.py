"""Whether tables and indexes agree, and how indexes are made again from the tables."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from twind.domain.chunks import Chunk
from twind.errors import StoreDamaged
from twind.store.database import Params, Row
from twind.store.index.text import TextIndex
from twind.store.index.vectors import VectorIndex
from twind.store.rows import to_chunk
from twind.store.sqlite import SqliteDatabase

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found; `repairable` tells whether `repair` can mend it."""

    name: str
    problems: int
    message: str
    repairable: bool


class Health:
    """Checks and repairs over all tenants."""

    def __init__(self, db: SqliteDatabase, text: TextIndex, vectors: VectorIndex) -> None:
        self._db = db
        self._text = text
        self._vectors = vectors

    def check(self) -> list[Finding]:
        """Look at everything; a finding without problems says that all is well."""
        damage = self._damage()
        broken = self._text.named_in(damage)
        damage = [line for line in damage if not self._text.named_in([line])]
        text = sum(self._text_problems(twin, broken) for twin in self._twins())
        vectors = sum(self._vector_problems(key) for key in self._generations())
        lacking = self._chunks_without_vector()
        first = f"{damage[0]}; in all" if damage else ""
        return [
            _finding("database", len(damage), first, repairable=False),
            _finding("full text", text, "rows unlike their chunks", repairable=True),
            _finding("vectors", vectors, "rows unlike their embeddings", repairable=True),
            _finding("embeddings", lacking, "chunks that wait for their vector", repairable=False),
        ]

    def repair(self) -> list[Finding]:
        """Make those indexes again that are broken or differ from the tables, then check."""
        broken = self._text.named_in(self._damage())
        for twin in self._twins():
            if self._text_problems(twin, broken):
                self.rebuild_text(twin["id"])
        for generation in self._generations():
            if self._vector_problems(generation):
                self.rebuild_vectors(generation)
        return self.check()

    def rebuild_text(self, twin_id: str) -> None:
        """Make the full-text index of a twin again from its chunks."""
        with self._db.transaction():
            twin = self._db.rows("SELECT key FROM twins WHERE id = :twin", {"twin": twin_id})
            for row in twin:
                self._text.drop(row["key"])
                self._text.create(row["key"])
                for source in self._sources(twin_id):
                    self._text.add(row["key"], source["title"], self._chunks(source["id"]))

    def rebuild_vectors(self, generation: int) -> None:
        """Make the vector index of a generation again from its embeddings."""
        with self._db.transaction():
            found = self._db.rows(
                "SELECT dimension FROM generations WHERE key = :key AND status <> 'retired'",
                {"key": generation},
            )
            for row in found:
                self._vectors.drop(generation)
                self._vectors.create(generation, row["dimension"])
                for batch in self._embeddings(generation):
                    self._vectors.add(generation, batch)

    def _damage(self) -> list[str]:
        try:
            return self._db.problems()
        except StoreDamaged as error:
            return [error.message]

    def _text_problems(self, twin: Row, broken: Collection[int]) -> int:
        return twin["key"] in broken or self._differing(
            lambda: self._text.keys(twin["key"]),
            "SELECT key FROM chunks WHERE twin_id = :of",
            {"of": twin["id"]},
        )

    def _vector_problems(self, generation: int) -> int:
        return self._differing(
            lambda: self._vectors.keys(generation),
            "SELECT chunk_key AS key FROM embeddings WHERE generation = :of",
            {"of": generation},
        )

    def _differing(self, indexed: Callable[[], set[int]], sql: str, params: Params) -> int:
        """Return how many keys an index has not in common with a table, 1 if it is broken."""
        try:
            with self._db.transaction():
                return len({row["key"] for row in self._db.rows(sql, params)} ^ indexed())
        except StoreDamaged:
            return 1

    def _chunks_without_vector(self) -> int:
        rows = self._db.rows(
            "SELECT count(*) AS chunks FROM chunks AS c JOIN generations AS g "
            "ON g.tenant_id = c.tenant_id AND g.status = 'active' WHERE NOT EXISTS "
            "(SELECT 1 FROM embeddings AS e WHERE e.chunk_key = c.key AND e.generation = g.key)"
        )
        return int(rows[0]["chunks"])

    def _twins(self) -> list[Row]:
        return self._db.rows("SELECT key, id FROM twins WHERE leaving_at IS NULL ORDER BY key")

    def _generations(self) -> list[int]:
        rows = self._db.rows("SELECT key FROM generations WHERE status <> 'retired'")
        return [row["key"] for row in rows]

    def _sources(self, twin_id: str) -> list[Row]:
        return self._db.rows(
            "SELECT id, title FROM sources WHERE twin_id = :twin ORDER BY key", {"twin": twin_id}
        )

    def _chunks(self, source_id: str) -> Iterator[tuple[int, Chunk]]:
        rows = self._db.rows(
            "SELECT key, text, page, heading, start_char, end_char, start_seconds FROM chunks "
            "WHERE source_id = :source ORDER BY position",
            {"source": source_id},
        )
        return ((row["key"], to_chunk(row)) for row in rows)

    def _embeddings(self, generation: int) -> Iterator[list[tuple[int, int, bytes]]]:
        """Yield (twin key, chunk key, vector) in the order of twins, some at a time."""
        for twin in self._twins():
            after = 0
            while rows := self._db.rows(
                "SELECT e.chunk_key AS key, e.vector FROM chunks AS c "
                "JOIN embeddings AS e ON e.chunk_key = c.key AND e.generation = :generation "
                "WHERE c.twin_id = :twin AND c.key > :after ORDER BY c.key LIMIT :limit",
                {
                    "generation": generation,
                    "twin": twin["id"],
                    "after": after,
                    "limit": _BATCH,
                },
            ):
                yield [(twin["key"], row["key"], row["vector"]) for row in rows]
                after = rows[-1]["key"]


def _finding(name: str, problems: int, message: str, *, repairable: bool) -> Finding:
    text = f"{message}: {problems}" if problems else "ok"
    return Finding(name=name, problems=problems, message=text, repairable=repairable)
