"""Models that have a graph, run by real children, and how near their vectors are."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twind.models.base import Embedding
from twind.models.files import EmbeddingModel, find_embedding_model
from twind.models.sentence import SentenceEmbedder

TEXTS = [
    "Hives are opened when it is warm.",
    "",
    "wax",
    *(f"{word} " * (3 + 40 * place) for place, word in enumerate(("bee", "honey", "winter"))),
    "Größe, naïve, 東京 and an emoji 🐝",
    "a word that no vocabulary has: " + "x" * 300,
    "more than the model reads " * 200,
]


def runnable(name: str, models: Path, *, bfloat16: bool) -> EmbeddingModel:
    """Return a model that has a graph, to be run so whatever the processor is best at."""
    model = find_embedding_model(name, models)
    assert model is not None
    assert model.graph is not None
    return replace(model, bfloat16=bfloat16)


def embedded(model: EmbeddingModel, texts: Sequence[str]) -> list[Embedding]:
    """Have texts embedded by a child of their own."""
    with closing(SentenceEmbedder(model, keep_alive_s=-1)) as embedder:
        return embedder.embed_documents(texts)


def vectors(embeddings: Sequence[Embedding]) -> NDArray[np.float32]:
    """Return the vectors of texts, (texts, dimension)."""
    return np.stack([np.frombuffer(one.vector, dtype="<f4") for one in embeddings])


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine of each pair of vectors."""
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.asarray((left * right).sum(axis=1) / lengths, dtype=np.float32)
