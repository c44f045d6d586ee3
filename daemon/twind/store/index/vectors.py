"""Vectors: one exact sqlite-vec index a generation, parted by twin, over the embeddings table.

A twin has two parts, its key and the negative of it, so that two processors can look through it
at once. A chunk is found in whichever part it lies.
"""

from collections.abc import Iterable, Sequence

from twind.store.database import Database, in_list

_MOST_NEIGHBOURS = 4096  # what sqlite-vec allows
_RUN = 1024  # keys in a row that share a part: sqlite-vec makes room for so many at a time


class VectorIndex:
    """Vector indexes by generation key; rows are numbered by chunk key."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, generation: int, dimension: int) -> None:
        """Make the empty index of a generation."""
        self._db.execute(
            f"CREATE VIRTUAL TABLE {_table(generation)} USING vec0 (twin integer partition key, "
            f"vector float[{int(dimension)}] distance_metric=cosine)"
        )

    def drop(self, generation: int) -> None:
        """Remove the index of a generation."""
        self._db.execute(f"DROP TABLE IF EXISTS {_table(generation)}")

    def add(self, generation: int, rows: Iterable[tuple[int, int, bytes]]) -> None:
        """Add (twin key, chunk key, vector); fast when they come in the order of twins."""
        self._db.executemany(
            f"INSERT INTO {_table(generation)} (rowid, twin, vector) "
            "VALUES (:key, :twin, :vector)",
            [
                {"twin": _part(twin, key), "key": key, "vector": vector}
                for twin, key, vector in rows
            ],
        )

    def remove(self, generation: int, keys: Iterable[int]) -> None:
        """Take chunks out of the index."""
        self._db.executemany(
            f"DELETE FROM {_table(generation)} WHERE rowid = :key",
            [{"key": key} for key in keys],
        )

    def forget(self, keys: Sequence[int]) -> None:
        """Remove the vectors of chunks, from the truth and from the index of each generation."""
        chunks, params = in_list("key", keys)
        rows = self._db.rows(
            f"DELETE FROM embeddings WHERE chunk_key IN {chunks} RETURNING generation, chunk_key",
            params,
        )
        held: dict[int, list[int]] = {}
        for row in rows:
            held.setdefault(row["generation"], []).append(row["chunk_key"])
        for generation, held_keys in held.items():
            self.remove(generation, held_keys)

    def nearest(
        self, generation: int, twin_key: int, vector: bytes, limit: int
    ) -> list[tuple[int, float]]:
        """Return keys and cosines (-1 to 1) of the nearest chunks of a twin, nearest first."""
        sql = (
            f"SELECT rowid AS key, distance FROM {_table(generation)} "
            "WHERE vector MATCH :vector AND k = :limit AND twin = :twin ORDER BY distance"
        )
        params = {"vector": vector, "limit": min(limit, _MOST_NEIGHBOURS)}
        parts = self._db.rows_of_each(
            [(sql, {**params, "twin": part}) for part in (twin_key, -twin_key)]
        )
        found = sorted(
            (row["distance"], row["key"])
            for rows in parts
            for row in rows
            if row["distance"] is not None
        )
        return [(key, 1 - distance) for distance, key in found[:limit]]

    def similarities(
        self, tenant_id: str, generation: int, vector: bytes, keys: Sequence[int]
    ) -> dict[int, float]:
        """Return the cosines of the given chunks that have a vector, from the truth itself."""
        wanted, params = in_list("key", keys)
        rows = self._db.rows(
            "SELECT chunk_key AS key, vec_distance_cosine(vector, :vector) AS distance "
            "FROM embeddings WHERE generation = :generation AND tenant_id = :tenant "
            f"AND chunk_key IN {wanted}",
            {"vector": vector, "generation": generation, "tenant": tenant_id, **params},
        )
        return {row["key"]: 1 - row["distance"] for row in rows if row["distance"] is not None}

    def keys(self, generation: int) -> set[int]:
        """Return the keys of all chunks in the index of a generation."""
        rows = self._db.rows(f"SELECT rowid AS key FROM {_table(generation)}")
        return {row["key"] for row in rows}


def _part(twin_key: int, chunk_key: int) -> int:
    return -twin_key if chunk_key // _RUN % 2 else twin_key


def _table(generation: int) -> str:
    return f"vec_{int(generation)}"
