"""Generations of one tenant's vectors: another model is built beside the one that answers."""

import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from twind.domain.generations import Generation, GenerationStatus, ModelSpec, Unembedded
from twind.store.content import Content
from twind.store.database import Database, in_list
from twind.store.index.vectors import VectorIndex
from twind.store.rows import GENERATION, to_chunk, to_generation


class GenerationTable:
    """At most one active and one building generation; every call may be repeated."""

    def __init__(
        self, db: Database, tenant_id: str, content: Content, vectors: VectorIndex
    ) -> None:
        self._db = db
        self._tenant = tenant_id
        self._content = content
        self._vectors = vectors

    def active(self) -> Generation | None:
        """Return the generation that answers."""
        return self._current()[0]

    def building(self) -> Generation | None:
        """Return the generation that is being built."""
        return self._current()[1]

    def start(self, spec: ModelSpec) -> Generation:
        """Return the generation of a model, begun if there is none.

        It is active at once where there is no chunk to embed. A building one of another model is
        given up.
        """
        active, building = self._current()
        if active is not None and active.spec == spec and building is None:
            return active
        with self._db.transaction():
            return self._start(spec)

    def is_current(self, generation: int) -> bool:
        """Say whether a generation answers or is being built."""
        return generation in {one.key for one in self._current() if one}

    def made(self, generation: int) -> tuple[int, int]:
        """Return how many chunks have their vector in a generation, and how many there are."""
        rows = self._db.rows(
            "SELECT (SELECT count(*) FROM chunks WHERE tenant_id = :tenant) AS chunks, "
            "(SELECT count(*) FROM embeddings "
            "WHERE generation = :generation AND tenant_id = :tenant) AS vectors",
            self._params(generation),
        )
        return int(rows[0]["vectors"]), int(rows[0]["chunks"])

    def missing(self, generation: int, limit: int, *, after: int = 0) -> list[Unembedded]:
        """Return the next chunks, by key, that have no vector in a generation.

        Args:
            generation: Its key.
            limit: At most so many.
            after: Key of the chunk to go on behind.
        """
        rows = self._db.rows(
            "SELECT c.key, s.title, c.text, c.page, c.heading, c.start_char, c.end_char, "
            "c.start_seconds FROM chunks AS c JOIN sources AS s ON s.id = c.source_id "
            "JOIN generations AS g ON g.key = :generation AND g.tenant_id = c.tenant_id "
            "WHERE c.tenant_id = :tenant AND c.key > :after AND g.status <> 'retired' "
            "AND NOT EXISTS (SELECT 1 FROM embeddings AS e "
            "WHERE e.chunk_key = c.key AND e.generation = :generation) "
            "ORDER BY c.key LIMIT :limit",
            {**self._params(generation), "after": after, "limit": limit},
        )
        return [
            Unembedded(key=row["key"], title=row["title"], chunk=to_chunk(row)) for row in rows
        ]

    def put(self, generation: int, vectors: Iterable[tuple[int, bytes]]) -> int:
        """Store vectors by chunk key and return how many were new.

        Chunks that are gone by now, or have their vector already, are passed over.

        Args:
            generation: Its key.
            vectors: Chunk keys and little-endian float32 of the generation's dimension.
        """
        by_key = dict(vectors)
        wanted, params = in_list("key", by_key)
        with self._db.transaction():
            rows = self._db.rows(
                "SELECT t.key AS twin, c.key FROM chunks AS c "
                "JOIN twins AS t ON t.id = c.twin_id "
                "JOIN generations AS g ON g.key = :generation AND g.tenant_id = c.tenant_id "
                f"WHERE c.key IN {wanted} AND c.tenant_id = :tenant AND g.status <> 'retired' "
                "AND NOT EXISTS (SELECT 1 FROM embeddings AS e "
                "WHERE e.chunk_key = c.key AND e.generation = :generation) "
                "ORDER BY t.key, c.key",
                {**self._params(generation), **params},
            )
            new = [(row["twin"], row["key"], by_key[row["key"]]) for row in rows]
            if new:
                self._content.insert_vectors(generation, new)
        return len(new)

    def activate(self, generation: int) -> bool:
        """Let a complete generation answer and retire the old one; False while chunks lack."""
        with self._db.transaction():
            new = self._get(generation)
            if new is None or new.status is GenerationStatus.RETIRED:
                return False
            if new.status is GenerationStatus.ACTIVE:
                return True
            if self.missing(generation, 1):
                return False
            old = self.active()
            if old is not None:
                self._retire(old)
            self._set_status(new, GenerationStatus.ACTIVE)
        return True

    def _start(self, spec: ModelSpec) -> Generation:
        active, building = self._current()
        if building is not None and building.spec != spec:
            self._retire(building)
            building = None
        if active is not None and active.spec == spec:
            return active
        started = building or self._insert(spec)
        self.activate(started.key)
        return self._get(started.key) or started

    def _insert(self, spec: ModelSpec) -> Generation:
        rows = self._db.rows(
            "INSERT INTO generations (tenant_id, model_id, revision, dimension, query_prefix, "
            "document_prefix, normalised, status, created_at) VALUES (:tenant, :model_id, "
            ":revision, :dimension, :query_prefix, :document_prefix, :normalised, 'building', "
            f":now) RETURNING {GENERATION}",
            {**asdict(spec), "tenant": self._tenant, "now": time.time()},
        )
        generation = to_generation(rows[0])
        self._vectors.create(generation.key, spec.dimension)
        return generation

    def _retire(self, generation: Generation) -> None:
        self._set_status(generation, GenerationStatus.RETIRED)
        self._vectors.drop(generation.key)
        self._db.execute(
            "DELETE FROM embeddings WHERE generation = :generation AND tenant_id = :tenant",
            self._params(generation.key),
        )

    def _set_status(self, generation: Generation, status: GenerationStatus) -> None:
        self._db.execute(
            "UPDATE generations SET status = :status "
            "WHERE key = :generation AND tenant_id = :tenant",
            {**self._params(generation.key), "status": status},
        )

    def _get(self, generation: int) -> Generation | None:
        rows = self._db.rows(
            f"SELECT {GENERATION} FROM generations "
            "WHERE key = :generation AND tenant_id = :tenant",
            self._params(generation),
        )
        return to_generation(rows[0]) if rows else None

    def _current(self) -> tuple[Generation | None, Generation | None]:
        """Return the generation that answers and the one that is being built."""
        rows = self._db.rows(
            f"SELECT {GENERATION} FROM generations "
            "WHERE status IN ('active', 'building') AND tenant_id = :tenant",
            {"tenant": self._tenant},
        )
        found = {one.status: one for one in map(to_generation, rows)}
        return found.get(GenerationStatus.ACTIVE), found.get(GenerationStatus.BUILDING)

    def _params(self, generation: int) -> dict[str, Any]:
        return {"generation": generation, "tenant": self._tenant}
