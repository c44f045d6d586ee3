"""Embeddings from a child process that starts on first use and ends after a keep-alive."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.base import Embedding
from twind.models.files import EmbeddingModel
from twind.processes.child import Child, ChildDied
from twind.processes.shared import Answer, SharedChild

SLICE = 32
"""Texts a request: each answer tells that the child is alive."""
LOAD_S = 120.0
PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads of torch that wait sleep; spinning, they take the processor from each other and
from the daemon whenever the machine is busy, which makes a question wait two to three times as
long."""
DIED_HINT = "see why with: twinctl daemon logs"


class SentenceEmbedder:
    """An `Embedder` over one child, in which questions overtake what is not urgent."""

    def __init__(self, model: EmbeddingModel, *, keep_alive_s: float) -> None:
        self.model = model
        self._child = SharedChild(
            lambda: _start(model),
            keep_alive_s=None if keep_alive_s < 0 else keep_alive_s,
            patience_s=LOAD_S,
        )

    @property
    def spec(self) -> ModelSpec:
        """The model behind the vectors."""
        return self.model.spec

    @property
    def child_pid(self) -> int | None:
        """Process that holds the model, while one does."""
        return self._child.pid

    def begin_query(self, text: str) -> Callable[[], Embedding]:
        """Have a question embedded before any bulk work that waits."""
        pending = self._ask([self.spec.query_prefix + text], urgent=True)

        def finish() -> Embedding:
            (embedding,) = self._result(pending)
            return embedding

        return finish

    def embed_queries(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text, before any bulk work that waits."""
        return self._embed([self.spec.query_prefix + text for text in texts], urgent=True)

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text; questions go first."""
        return self._embed([self.spec.document_prefix + text for text in texts], urgent=False)

    def close(self) -> None:
        """End the child; who waits for a vector gets ModelUnavailable."""
        self._child.close()

    def _embed(self, texts: Sequence[str], *, urgent: bool) -> list[Embedding]:
        """Embed each text once, however often it comes."""
        different = list(dict.fromkeys(texts))
        pending = [
            self._ask(different[start : start + SLICE], urgent=urgent)
            for start in range(0, len(different), SLICE)
        ]
        made = [embedding for part in pending for embedding in self._result(part)]
        found = dict(zip(different, made, strict=True))
        return [found[text] for text in texts]

    def _ask(self, texts: list[str], *, urgent: bool) -> "Future[Answer]":
        try:
            return self._child.ask({"texts": texts, "urgent": urgent})
        except OSError as error:
            raise ModelUnavailable(
                f"no process can be started for the embedding model: {error.strerror}",
                hint=DIED_HINT,
            ) from error

    def _result(self, pending: "Future[Answer]") -> list[Embedding]:
        try:
            header, payload = pending.result()
        except CancelledError as error:
            raise ModelUnavailable("the embedding model is shutting down") from error
        except ChildDied as error:
            raise ModelUnavailable("the embedding process keeps dying", hint=DIED_HINT) from error
        return _cut(payload, header["tokens"], self.spec.dimension)


def _start(model: EmbeddingModel) -> Child:
    folder = str(model.folder)
    if model.graph is None:
        return Child("twind.models.sentence_child", [folder], os.environ | PATIENT)
    child = "openvino_child" if model.bfloat16 else "onnx_child"
    return Child(f"twind.models.{child}", [folder, str(model.graph)], os.environ)


def _cut(payload: bytes, tokens: Sequence[int], dimension: int) -> list[Embedding]:
    size = 4 * dimension
    if len(payload) != len(tokens) * size:
        raise ModelUnavailable("the embedding process gave vectors of the wrong size")
    return [
        Embedding(vector=payload[place * size : (place + 1) * size], tokens=count)
        for place, count in enumerate(tokens)
    ]
