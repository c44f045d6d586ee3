"""How near texts are in meaning, each embedded once, also when many answers read it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from hashlib import sha256

from twind.models.base import Embedder
from twind.retrieve.vectors import cosines

MOST_REMEMBERED = 2000
"""About 4 MB. Visitors ask about the same passages again and again."""

Embed = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Returns the vector of each text."""

Promises = Mapping[str, "Future[bytes]"]


class Lately:
    """Vectors of the texts that were compared last, for all answers.

    A text that another answer is just having embedded is waited for. Texts are known by their
    hash, for each tenant alone: nothing of what they say is kept, or can be found by others.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        """Remember at most so many."""
        self._most = most
        self._lock = threading.Lock()
        self._vectors: OrderedDict[bytes, Future[bytes]] = OrderedDict()

    def vectors(
        self, tenant_id: str, embedder: Embedder, texts: Sequence[str]
    ) -> dict[str, bytes]:
        """Return the vector of each text of a tenant.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
        space = f"{tenant_id} {embedder.spec.question_space} "
        keys = {text: sha256((space + text).encode()).digest() for text in texts}
        found, new = self._remembered(keys)
        if new:
            try:
                self._embed(embedder, new)
            except BaseException as error:
                self._give_up([keys[text] for text in new], new.values(), error)
                raise
        return {text: vector.result() for text, vector in found.items()}

    def _give_up(
        self,
        keys: Iterable[bytes],
        promised: "Iterable[Future[bytes]]",
        error: BaseException,
    ) -> None:
        """Forget what could not be made, and tell whoever waits for it."""
        with self._lock:
            for key in keys:
                self._vectors.pop(key, None)
        for vector in promised:
            vector.set_exception(error)

    def _remembered(self, keys: Mapping[str, bytes]) -> tuple[Promises, Promises]:
        """Return the vector of each text, or the promise of it, and those that nobody makes yet.

        What is forgotten to make room is so only once all of them are known: one of them may be
        what was used longest ago.
        """
        found, new = {}, {}
        with self._lock:
            for text, key in keys.items():
                if key not in self._vectors:
                    new[text] = self._vectors[key] = Future()
                self._vectors.move_to_end(key)
                found[text] = self._vectors[key]
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)
        return found, new

    @staticmethod
    def _embed(embedder: Embedder, wanted: Promises) -> None:
        made = embedder.embed_queries(list(wanted))
        for vector, each in list(zip(wanted.values(), made, strict=True)):
            vector.set_result(each.vector)


class Meaning:
    """Compares texts by their embeddings, which it keeps."""

    def __init__(self, embed: Embed, known: Mapping[str, bytes]) -> None:
        """Take what embeds, and the vectors of texts that are embedded already."""
        self._embed = embed
        self._vectors = dict(known)

    def cosines(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine between a text and each of the others.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
        new = [one for one in dict.fromkeys((text, *others)) if one not in self._vectors]
        if new:
            self._vectors |= self._embed(new)
        return cosines(self._vectors[text], [self._vectors[other] for other in others])
