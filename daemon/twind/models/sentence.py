"""Embeddings from a child process that starts on first use and ends after a keep-alive."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.base import Embedding
from twind.models.files import EmbeddingModel
from twind.models.queue import EmbeddingQueue, Waiting
from twind.processes.child import Child, ChildDied, ChildTimedOut

log = logging.getLogger(__name__)

MICRO_BATCH = 4 * (os.cpu_count() or 2)
"""A question waits for one micro-batch at most: four texts a processor, of like length."""
LOAD_S = 120.0
PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""Threads of torch that wait sleep; spinning, they take the processor from each other and
from the daemon whenever the machine is busy, which makes a question wait two to three times as
long."""
DIED_HINT = "see why with: twinctl daemon logs"


class SentenceEmbedder:
    """An `Embedder` over one child; a thread of its own feeds it."""

    def __init__(self, model: EmbeddingModel, *, keep_alive_s: float) -> None:
        self.model = model
        self._keep_alive_s = None if keep_alive_s < 0 else keep_alive_s
        self._queue = EmbeddingQueue(MICRO_BATCH)
        self._child: Child | None = None
        self._thread = threading.Thread(target=self._run, name="embedder", daemon=True)
        self._thread.start()

    @property
    def spec(self) -> ModelSpec:
        """The model behind the vectors."""
        return self.model.spec

    @property
    def child_pid(self) -> int | None:
        """Process that holds the model, while one does."""
        return self._child.pid if self._child else None

    def begin_query(self, text: str) -> Callable[[], Embedding]:
        """Have a question embedded before any bulk work that waits."""
        (future,) = self._queue.put([self.spec.query_prefix + text], urgent=True)
        return lambda: _result(future)

    def embed_queries(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text, before any bulk work that waits."""
        return self._embed([self.spec.query_prefix + text for text in texts], urgent=True)

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text, in micro-batches that let questions go first."""
        return self._embed([self.spec.document_prefix + text for text in texts], urgent=False)

    def close(self) -> None:
        """End the child; who waits for a vector gets ModelUnavailable."""
        self._queue.close()
        self._thread.join()

    def _embed(self, texts: Sequence[str], *, urgent: bool) -> list[Embedding]:
        """Embed each text once, however often it comes."""
        different = list(dict.fromkeys(texts))
        futures = dict(zip(different, self._queue.put(different, urgent=urgent), strict=True))
        return [_result(futures[text]) for text in texts]

    def _run(self) -> None:
        while (batch := self._queue.take(self._keep_alive_s if self._child else None)) is not None:
            if batch:
                self._settle(batch)
            else:
                self._end_child()
        self._end_child()

    def _settle(self, batch: list[Waiting]) -> None:
        try:
            embeddings = self._ask([text for text, _ in batch])
        except ModelUnavailable as error:
            for _, future in batch:
                future.set_exception(error)
        else:
            for (_, future), embedding in zip(batch, embeddings, strict=True):
                future.set_result(embedding)

    def _ask(self, texts: list[str]) -> list[Embedding]:
        """Embed a batch; a child that died under it gets one successor."""
        for _ in range(2):
            try:
                header, payload = self._running_child().request({"texts": texts}, timeout_s=LOAD_S)
            except (ChildDied, ChildTimedOut) as error:
                log.warning("the embedding process ended: %s", error)
                self._child = None
            else:
                return _cut(payload, header["tokens"], self.spec.dimension)
        raise ModelUnavailable("the embedding process keeps dying", hint=DIED_HINT)

    def _running_child(self) -> Child:
        if self._child is None:
            self._child = _start(self.model)
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


def _start(model: EmbeddingModel) -> Child:
    folder = str(model.folder)
    if model.graph is None:
        return Child("twind.models.sentence_child", [folder], os.environ | PATIENT)
    return Child("twind.models.onnx_child", [folder, str(model.graph)], os.environ)


def _result(future: "Future[Embedding]") -> Embedding:
    try:
        return future.result()
    except CancelledError as error:
        raise ModelUnavailable("the embedding model is shutting down") from error


def _cut(payload: bytes, tokens: Sequence[int], dimension: int) -> list[Embedding]:
    size = 4 * dimension
    if len(payload) != len(tokens) * size:
        raise ModelUnavailable("the embedding process gave vectors of the wrong size")
    return [
        Embedding(vector=payload[place * size : (place + 1) * size], tokens=count)
        for place, count in enumerate(tokens)
    ]
