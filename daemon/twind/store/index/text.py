"""Full text: one FTS5 index a twin. It keeps words, not texts; rows are numbered by chunk key."""

import json
import re
import threading
from collections.abc import Iterable, Sequence

from twind.domain.chunks import Chunk
from twind.domain.terms import index_text, match_expression
from twind.store.database import Database
from twind.store.driver import load_driver

_NAMED = re.compile(r"\bfts_(\d+)\b")
_STEP_PAGES = 250
_REMOVED_FROM = 1 << 53  # FTS5 keeps its notes of removed rows in pages numbered from here on
TOKENIZER = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"


class TextIndex:
    """Full-text indexes by twin key; columns are `context` (title, headings) and `body`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._words = _Tokenizer()

    def create(self, twin_key: int) -> None:
        """Make the empty index of a twin."""
        table = _table(twin_key)
        self._db.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5 (context, body, content='', "
            f'contentless_delete=1, tokenize="{TOKENIZER}")'
        )
        self._db.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5vocab ({table}, 'row')")

    def drop(self, twin_key: int) -> None:
        """Remove the index of a twin."""
        self._db.execute(f"DROP TABLE IF EXISTS {_table(twin_key)}_words")
        self._db.execute(f"DROP TABLE IF EXISTS {_table(twin_key)}")

    def add(self, twin_key: int, title: str, chunks: Iterable[tuple[int, Chunk]]) -> None:
        """Index the chunks of a source by their keys."""
        self._db.executemany(
            f"INSERT INTO {_table(twin_key)} (rowid, context, body) "
            "VALUES (:key, :context, :body)",
            [
                {
                    "key": key,
                    "context": index_text("\n".join((title, chunk.locator.heading or ""))),
                    "body": index_text(chunk.text),
                }
                for key, chunk in chunks
            ],
        )

    def remove(self, twin_key: int, keys: Iterable[int]) -> None:
        """Take chunks out of the index; their words stay in its pages until `wipe`."""
        self._db.executemany(
            f"DELETE FROM {_table(twin_key)} WHERE rowid = :key",
            [{"key": key} for key in keys],
        )

    def wipe(self, twin_key: int) -> bool:
        """Write a part of the index anew without the words of removed chunks.

        Returns:
            Whether there are more of them.
        """
        table = _table(twin_key)
        if not self._holds_removed(table):
            return False
        self._db.execute(
            f"INSERT INTO {table} ({table}, rank) VALUES ('merge', :pages)",
            {"pages": -_STEP_PAGES},
        )
        return self._holds_removed(table)

    def search(
        self, twin_key: int, expression: str, limit: int, weights: tuple[float, float]
    ) -> list[tuple[int, float]]:
        """Return keys and BM25 scores (larger is better) of the best matches, best first."""
        table = _table(twin_key)
        rows = self._db.rows(
            f"SELECT rowid AS key, -bm25({table}, :context, :body) AS score "
            f"FROM {table} WHERE {table} MATCH :expression ORDER BY score DESC LIMIT :limit",
            {
                "context": weights[0],
                "body": weights[1],
                "expression": expression,
                "limit": limit,
            },
        )
        return [(row["key"], row["score"]) for row in rows]

    def matches(
        self, twin_key: int, terms: Sequence[str], keys: Sequence[int]
    ) -> dict[int, dict[str, float]]:
        """Return the terms that each of the given chunks holds, stemming included.

        With each term stands its BM25 score; together they are the score of the chunk. A chunk
        without any is left out.
        """
        table = _table(twin_key)
        rows = self._db.rows(
            f"SELECT term.key AS place, found.rowid AS key, -bm25(found.{table}) AS score "
            f"FROM json_each(:expressions) AS term CROSS JOIN {table} AS found "
            f"WHERE found.{table} MATCH term.value "
            "AND +found.rowid IN (SELECT value FROM json_each(:keys))",
            {
                "expressions": json.dumps([match_expression([term]) for term in terms]),
                "keys": json.dumps(keys),
            },
        )
        held: dict[int, dict[str, float]] = {}
        for row in rows:
            held.setdefault(row["key"], {})[terms[row["place"]]] = row["score"]
        return held

    def frequencies(self, twin_key: int, terms: Iterable[str]) -> dict[str, int]:
        """Return for each term in how many chunks it stands; a phrase as its rarest word."""
        words = self._words.split(terms)
        rows = self._db.rows(
            f"SELECT term, doc FROM {_table(twin_key)}_words "
            "WHERE term IN (SELECT value FROM json_each(:words))",
            {"words": json.dumps(sorted(set().union(*words.values())))},
        )
        found = {row["term"]: row["doc"] for row in rows}
        return {
            term: min((found.get(word, 0) for word in own), default=0)
            for term, own in words.items()
        }

    @staticmethod
    def named_in(damage: Iterable[str]) -> set[int]:
        """Return the keys of the twins whose index is named by what SQLite finds broken."""
        return {int(key) for line in damage for key in _NAMED.findall(line)}

    def keys(self, twin_key: int) -> set[int]:
        """Return the keys of all chunks in the index of a twin."""
        rows = self._db.rows(f"SELECT rowid AS key FROM {_table(twin_key)}")
        return {row["key"] for row in rows}

    def _holds_removed(self, table: str) -> bool:
        pages = {"first": _REMOVED_FROM}
        return bool(self._db.rows(f"SELECT 1 FROM {table}_data WHERE id >= :first LIMIT 1", pages))


class _Tokenizer:
    """Cuts text into the words that the index keeps, by asking FTS5 itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = load_driver().connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.execute(
            f'CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize="{TOKENIZER}")'
        )
        self._connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab (texts, 'instance')")

    def split(self, texts: Iterable[str]) -> dict[str, set[str]]:
        """Return the indexed words of each text."""
        texts = list(dict.fromkeys(texts))
        rows = [(number, index_text(text)) for number, text in enumerate(texts)]
        with self._lock:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
            found = self._connection.execute("SELECT doc, term FROM words").fetchall()
            self._connection.execute("ROLLBACK")
        words: dict[str, set[str]] = {text: set() for text in texts}
        for number, word in found:
            words[texts[number]].add(word)
        return words


def _table(twin_key: int) -> str:
    return f"fts_{int(twin_key)}"
