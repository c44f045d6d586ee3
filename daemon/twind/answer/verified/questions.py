"""Which questions ask the same: the one judgement, for verified answers and whoever else asks."""

from collections.abc import Sequence

from twind.answer.verified.asked import read_asked
from twind.answer.verified.contradiction import contradict
from twind.answer.verified.sameness import Likeness, compare, sameness, words_to_weigh
from twind.models.base import Embedder
from twind.models.registry import EmbedderRegistry
from twind.retrieve.vectors import cosines
from twind.store.store import Tenant

ENOUGH = 0.78
"""Probability from which on two questions are taken for the same."""
LONGEST = 400
"""Characters of a question that is compared; a longer one asks for more than one thing."""

LEAST_SIMILARITY = 0.55
"""Cosine below which two questions are not weighed at all."""


def same_question(
    question: str, others: Sequence[tuple[str, float]], embedder: Embedder
) -> int | None:
    """Return which of other questions surely asks the same; None if none does.

    Args:
        question: What is asked.
        others: Questions with the cosines between their vectors and that of `question`.
        embedder: What made the vectors.

    Raises:
        ModelUnavailable: The words cannot be compared.
    """
    if len(question) > LONGEST:
        return None
    asked = read_asked(question)
    candidates = [
        (n, similarity, known)
        for n, (other, similarity) in enumerate(others)
        if similarity >= LEAST_SIMILARITY and not contradict(asked, known := read_asked(other))
    ]
    words = {word for _, _, known in candidates for word in words_to_weigh(asked, known)}
    likeness = likeness_of(sorted(words), embedder)
    weighed = [
        (sameness(compare(asked, known, similarity, likeness)), n)
        for n, similarity, known in candidates
    ]
    best, same = max(weighed, key=lambda each: each[0], default=(0.0, None))
    return same if best >= ENOUGH else None


class QuestionMeaning:
    """What one embedding model makes of questions."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def model(self) -> str:
        """Name of the space that the vectors lie in."""
        return self._embedder.spec.question_space

    def embed(self, questions: Sequence[str]) -> list[bytes]:
        """Return a vector a question.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
        return [made.vector for made in self._embedder.embed_queries(questions)]

    def same(self, question: str, others: Sequence[tuple[str, float]]) -> int | None:
        """Return which of other questions, given with cosines, asks the same.

        Raises:
            ModelUnavailable: The model cannot be loaded or its process died.
        """
        return same_question(question, others, self._embedder)


def meaning_of(tenant: Tenant, embedders: EmbedderRegistry) -> QuestionMeaning | None:
    """Return what the model that answers in a tenant makes of questions, if there is one."""
    generation = tenant.generations.active()
    embedder = embedders.for_spec(generation.spec) if generation else None
    return QuestionMeaning(embedder) if embedder else None


def likeness_of(words: Sequence[str], embedder: Embedder) -> Likeness:
    """Return how like two words are, of those that have to be weighed against each other."""
    made = embedder.embed_queries(words) if words else []
    vectors = {word: new.vector for word, new in zip(words, made, strict=True)}
    return lambda one, two: cosines(vectors[one], [vectors[two]])[0]
