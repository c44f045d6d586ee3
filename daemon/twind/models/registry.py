"""Which embedding models there are: the one for new content, and those of older indexes."""

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.base import Embedder
from twind.models.fetch import Fetch, may_fetch
from twind.models.files import find_embedding_model, find_folder, has_runtime, place_hint
from twind.models.published import PUBLISHED, Published
from twind.models.sentence import SentenceEmbedder

log = logging.getLogger(__name__)

FETCHING_HINT = "this takes a minute or two; look again with: twinctl doctor"


class EmbedderRegistry:
    """Hands out embedders by the specification that an index remembers.

    Attributes:
        problem: Why there is no current embedder though one is configured, else None.
    """

    def __init__(
        self,
        name: str,
        models: Path,
        *,
        keep_alive_s: float,
        published: Mapping[str, Published] = PUBLISHED,
    ) -> None:
        self._name = name
        self._models = models
        self._published = published
        self._keep_alive_s = keep_alive_s
        self._lock = threading.Lock()
        self._running: dict[ModelSpec, SentenceEmbedder] = {}
        self.problem: ModelUnavailable | None = None
        self._current: SentenceEmbedder | None = None
        self._fetch: Fetch | None = None
        self._fetching: threading.Thread | None = None
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
    def name(self) -> str:
        """The model that is configured, whether it is here or not."""
        return self._name

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
        return embedder if embedder is not None and embedder.spec == spec else None

    def use(self, name: str) -> None:
        """Embed new content with another model from now on; with none where it is 'none'.

        Raises:
            ModelUnavailable: There is no such model; all stays as it was.
        """
        loaded = self._load(name)
        with self._lock:
            self._name, self._current, self.problem = name, loaded, None

    def fetch_missing(self, then: Callable[[], object]) -> None:
        """Fetch the configured model in the background where it is published but not here.

        Once it is here it becomes the current one, and `then` is called. Where the hub cannot be
        reached or must not be, everything stays as it is; `problem` says so.
        """
        published = self._published.get(self._name)
        if published is None or find_folder(self._name, self._models) is not None:
            return
        if not has_runtime() or not may_fetch():
            return
        self.problem = ModelUnavailable(
            f"the embedding model {self._name!r} is being fetched", hint=FETCHING_HINT
        )
        self._fetch = Fetch(published, self._models / self._name)
        self._fetching = threading.Thread(
            target=self._arrive, args=[self._name, self._fetch, then], name="fetch"
        )
        self._fetching.start()

    def close(self) -> None:
        """End every child."""
        if self._fetch is not None and self._fetching is not None:
            self._fetch.stop()
            self._fetching.join()
        for embedder in self._running.values():
            embedder.close()

    def _arrive(self, name: str, fetch: Fetch, then: Callable[[], object]) -> None:
        problem = None
        try:
            fetch.run()
            loaded = self._load(name)
        except ModelUnavailable as error:
            message = f"the embedding model {name!r} is not here; {error.message}"
            log.warning("no embedding model: %s", message)
            loaded = None
            problem = ModelUnavailable(message, hint=place_hint(name))
        with self._lock:
            if self._name != name:  # another one is used by now
                return
            self._current, self.problem = loaded, problem
        if loaded is not None:
            then()

    def _load(self, name: str) -> SentenceEmbedder | None:
        model = find_embedding_model(name, self._models)
        if model is None:
            return None
        with self._lock:
            embedder = self._running.get(model.spec)
            if embedder is None:
                embedder = SentenceEmbedder(model, keep_alive_s=self._keep_alive_s)
                self._running[model.spec] = embedder
        return embedder
