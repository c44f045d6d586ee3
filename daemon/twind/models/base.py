"""What the rest of the daemon asks of models: embeddings, and text that is written."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from twind.domain.generations import ModelSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """A text as the model sees it.

    Attributes:
        vector: Little-endian float32, as many numbers as the model has dimensions.
        tokens: How many tokens the model cut the text into, without special ones.
    """

    vector: bytes
    tokens: int


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def spec(self) -> ModelSpec:
        """The model behind the vectors."""

    def begin_query(self, text: str) -> Callable[[], Embedding]:
        """Have a question embedded before any bulk work that waits.

        What is returned waits for the embedding and may raise ModelUnavailable.
        """

    def embed_queries(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text, before any bulk work that waits.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text; questions go first.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A message to a model that writes."""

    role: Literal["system", "user", "assistant"]
    content: str


class TextGenerator(Protocol):
    """Writes text."""

    @property
    def name(self) -> str:
        """What answers name as their generator."""

    @property
    def context_tokens(self) -> int:
        """What prompt and text share, in the model's tokens."""

    def count_tokens(self, prompts: Sequence[Prompt]) -> int:
        """Return how many tokens the prompts take; never too few.

        Raises:
            GeneratorFailed: The model cannot be reached.
        """

    def stream(self, prompts: Sequence[Prompt], *, max_tokens: int) -> Generator[str, None, None]:
        """Yield the text as it is written; closing the generator stops the work.

        While nothing comes, an empty piece is yielded several times a second, so that whoever
        reads can stop.

        Raises:
            GeneratorFailed: The model cannot be reached, or broke off.
        """
