"""What the rest of the daemon asks of an embedding model."""

from collections.abc import Sequence
from typing import Protocol

from twind.domain.generations import ModelSpec


class Embedder(Protocol):
    """Turns texts into vectors: float32, little endian, `spec.dimension` numbers each."""

    @property
    def spec(self) -> ModelSpec:
        """The model behind the vectors."""

    def embed_queries(self, texts: Sequence[str]) -> list[bytes]:
        """Return a vector a text, before any bulk work that waits.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """

    def embed_documents(self, texts: Sequence[str]) -> list[bytes]:
        """Return a vector a text, in micro-batches that let questions go first.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
