"""A model of the form of sentence-transformers over a network that something runs."""

from collections.abc import Callable, Container, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from twind.models.base import Embedding
from twind.models.layout import FIRST, read_layout

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]
Network = Callable[[Ids], Vectors]
"""Takes the ids of the tokens of one text, (1, tokens), and returns their vectors,
(tokens, dimension). Several threads may call it at once."""


class TextModel:
    """Cuts texts into tokens, and joins the vectors of these as the files of the model say.

    Each text runs alone on one thread: nothing is padding, and no thread waits for another in the
    middle of a text, which costs more than half of the speed when they sleep and takes the
    processor from the daemon when they spin.
    """

    def __init__(self, folder: Path, network: Network) -> None:
        self._layout = read_layout(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._layout.max_tokens)
        self._tokenizer.no_padding()
        self._network = network

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text."""
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> Embedding:
        encoding = self._tokenizer.encode(text)
        vector = self._pool(self._network(np.array([encoding.ids], dtype=np.int64)))
        return Embedding(vector=vector.astype("<f4").tobytes(), tokens=_count(encoding))

    def _pool(self, vectors: Vectors) -> Vectors:
        """Join the vectors of tokens, (tokens, dimension), into that of the text."""
        pooled: Vectors = vectors[0] if self._layout.pooling == FIRST else vectors.mean(axis=0)
        if self._layout.normalised:
            pooled /= np.linalg.norm(pooled)
        return pooled


def name_inputs(ids: Ids, names: Container[str]) -> dict[str, Ids]:
    """Return what a graph with inputs of these names is given for a text."""
    given = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    return {name: array for name, array in given.items() if name in names}


def _count(encoding: Encoding) -> int:
    parts = (encoding, *encoding.overflowing)
    return sum(len(part) - sum(part.special_tokens_mask) for part in parts)
