"""Generations of the vector index: which model made the vectors, and whether they answer."""

from dataclasses import dataclass
from enum import StrEnum

from twind.domain.chunks import Chunk, embedding_text


class GenerationStatus(StrEnum):
    """Whether the vectors of a generation answer."""

    BUILDING = "building"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """Everything that makes vectors comparable with each other.

    Attributes:
        model_id: Name of the model.
        revision: Version or checksum of its weights.
        dimension: Number of components of a vector.
        query_prefix: What is put before a question.
        document_prefix: What is put before a passage.
        normalised: Whether vectors have length 1.
    """

    model_id: str
    revision: str
    dimension: int
    query_prefix: str = ""
    document_prefix: str = ""
    normalised: bool = True

    @property
    def question_space(self) -> str:
        """What tells the vectors that it makes of questions from those of other models."""
        return f"{self.model_id} {self.revision} {self.query_prefix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """The vectors of one model over all chunks of a tenant."""

    key: int
    spec: ModelSpec
    status: GenerationStatus
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unembedded:
    """A chunk that has no vector yet in a generation."""

    key: int
    title: str
    chunk: Chunk

    @property
    def text(self) -> str:
        """What the embedding model reads."""
        return embedding_text(self.title, self.chunk)
