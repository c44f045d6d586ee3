"""How near texts are in meaning, each embedded once for an answer."""

from collections.abc import Mapping, Sequence

from twind.models.base import Embedder
from twind.retrieve.vectors import cosines


class Meaning:
    """Compares texts by their embeddings, which it keeps."""

    def __init__(self, embedder: Embedder, known: Mapping[str, bytes]) -> None:
        """Take what embeds, and the vectors of texts that are embedded already."""
        self._embedder = embedder
        self._vectors = dict(known)

    def cosines(self, text: str, others: Sequence[str]) -> list[float]:
        """Return the cosine between a text and each of the others.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
        new = [one for one in dict.fromkeys((text, *others)) if one not in self._vectors]
        if new:
            made = self._embedder.embed_queries(new)
            self._vectors |= {one: each.vector for one, each in zip(new, made, strict=True)}
        return cosines(self._vectors[text], [self._vectors[other] for other in others])
