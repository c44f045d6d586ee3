"""Which embedding models there are: the one for new content, and those of older indexes."""

import logging
import threading
from pathlib import Path

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.base import Embedder
from twind.models.files import find_embedding_model
from twind.models.sentence import SentenceEmbedder

log = logging.getLogger(__name__)


class EmbedderRegistry:
    """Hands out embedders by the specification that an index remembers.

    Attributes:
        problem: Why there is no current embedder though one is configured, else None.
    """

    def __init__(self, name: str, models: Path, *, keep_alive_s: float) -> None:
        self._models = models
        self._keep_alive_s = keep_alive_s
        self._lock = threading.Lock()
        self._running: dict[ModelSpec, SentenceEmbedder] = {}
        self.problem: ModelUnavailable | None = None
        self._current: SentenceEmbedder | None = None
        try:
            self._current = self._load(name)
        except ModelUnavailable as error:
            log.warning("no embedding model: %s", error.message)
            self.problem = error

    @property
    def current(self) -> Embedder | None:
        """The embedder of new content, if there is one."""
        return self._current

    @property
    def tokenizer(self) -> Path | None:
        """Tokenizer file of the current model."""
        return self._current.model.tokenizer if self._current else None

    @property
    def max_tokens(self) -> int | None:
        """Longest input of the current model in word pieces."""
        return self._current.model.max_tokens if self._current else None

    def for_spec(self, spec: ModelSpec) -> Embedder | None:
        """Return the embedder that made an index, or None when its model is gone."""
        with self._lock:
            if spec in self._running:
                return self._running[spec]
            try:
                embedder = self._load(spec.model_id)
            except ModelUnavailable:
                return None
            if embedder is None or embedder.spec != spec:
                return None
            return embedder

    def close(self) -> None:
        """End every child."""
        for embedder in self._running.values():
            embedder.close()

    def _load(self, name: str) -> SentenceEmbedder | None:
        model = find_embedding_model(name, self._models)
        if model is None:
            return None
        embedder = self._running.get(model.spec)
        if embedder is None:
            embedder = SentenceEmbedder(model, keep_alive_s=self._keep_alive_s)
            self._running[model.spec] = embedder
        return embedder
