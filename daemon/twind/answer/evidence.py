"""How well each sentence of the passages supports an answer to a question.

A sentence is judged by the words it shares with the question, weighted by how rare they are among
the passages, and by its meaning, as an embedding model sees it; by the passage it stands in; and
by whether it offers the kind of thing that was asked for. The weighted sum is its strength, and a
logistic curve makes it the probability that the question can be answered from it.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from twind.answer.question import Question, offers
from twind.answer.words import content_words, count_words
from twind.domain.answers import Passage
from twind.domain.sentences import sentences

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Returns the cosine between a question and each of some sentences."""

MAX_PASSAGES = 6
MAX_COMPARED = 32

ENOUGH = 6.0
"""Rarity of about three words that none of the passages holds."""

_LONG_SENTENCE_WORDS = 60
_LINES_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each sign of support is worth, and the logistic curve over their sum.

    `middle` is the strength at which an answer and a refusal are equally likely to be right when
    half of the questions have nothing to do with the sources. The values are rounded: those that
    a regression finds without one of several collections rank the questions of it no better.
    """

    sentence_similarity: float
    passage_similarity: float
    overlap: float
    coverage: float
    names: float
    offers: float
    middle: float
    slope: float


MEANING = Weights(
    sentence_similarity=1.0,
    passage_similarity=0.7,
    overlap=0.2,
    coverage=0.3,
    names=0.1,
    offers=0.1,
    middle=1.12,
    slope=6.0,
)
OTHER_LANGUAGE = Weights(
    sentence_similarity=0.5,
    passage_similarity=0.3,
    overlap=0.4,
    coverage=0.4,
    names=0.1,
    offers=0.1,
    middle=0.77,
    slope=6.0,
)
WORDS_ONLY = Weights(
    sentence_similarity=0.0,
    passage_similarity=0.0,
    overlap=0.3,
    coverage=0.8,
    names=0.2,
    offers=0.1,
    middle=0.79,
    slope=6.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence `passage.text[start:end]` and what is shared between it and the question.

    Attributes:
        passage: Where it stands.
        start: First character in the text of the passage.
        end: One past the last character.
        overlap: Share of the question's rarity-weighted words that stand in it.
        names: Share of the question's names and numbers that stand in it, in the sentence before
            it or in the headings above.
        offers: Whether it has the kind of thing asked for.
    """

    passage: Passage
    start: int
    end: int
    overlap: float
    names: float
    offers: float

    @property
    def text(self) -> str:
        """The sentence as it stands in the passage."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence with its strength and the probability that it supports an answer."""

    sentence: Sentence
    strength: float
    support: float


def weigh(
    question: Question, passages: Sequence[Passage], similarity: Similarity | None
) -> list[Evidence]:
    """Return the sentences of the first passages, strongest first.

    Args:
        question: What was asked.
        passages: What was found, best first.
        similarity: The embedding model; without it words alone decide.
    """
    rarity = _rarity(question, passages)
    found = [s for passage in passages[:MAX_PASSAGES] for s in _read(question, passage, rarity)]
    found = sorted(found, key=_promise, reverse=True)[:MAX_COMPARED]
    weights = WORDS_ONLY
    cosines: Sequence[float] = [0.0] * len(found)
    if similarity is not None and found:
        weights = MEANING if question.is_english else OTHER_LANGUAGE
        cosines = similarity(question.text, [sentence.text for sentence in found])
    pairs = zip(found, cosines, strict=True)
    evidence = [_evidence(weights, sentence, cosine) for sentence, cosine in pairs]
    return sorted(evidence, key=lambda one: one.strength, reverse=True)


def _evidence(weights: Weights, sentence: Sentence, similarity: float) -> Evidence:
    strength = (
        weights.sentence_similarity * similarity
        + weights.passage_similarity * (sentence.passage.similarity or 0.0)
        + weights.overlap * sentence.overlap
        + weights.coverage * sentence.passage.coverage
        + weights.names * sentence.names
        + weights.offers * sentence.offers
    )
    support = 1 / (1 + math.exp(weights.slope * (weights.middle - strength)))
    return Evidence(sentence=sentence, strength=strength, support=support)


def _read(question: Question, passage: Passage, rarity: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield the sentences of a passage."""
    above = frozenset(content_words(_above(passage)))
    before: frozenset[str] = frozenset()
    for start, end in _spans(passage.text):
        text = passage.text[start:end]
        words = frozenset(content_words(text))
        if not words:
            continue
        around = above | before | words
        yield Sentence(
            passage=passage,
            start=start,
            end=end,
            overlap=_share(words, rarity),
            names=len(question.names & around) / len(question.names) if question.names else 1.0,
            offers=offers(question, text),
        )
        before = words


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; very long ones, such as tables, by their lines."""
    for start, end in sentences(text):
        if count_words(text[start:end]) <= _LONG_SENTENCE_WORDS:
            yield start, end
        else:
            yield from _lines(text, start, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield runs of whole lines of a long sentence."""
    first = start
    for line in re.finditer(r"\n\s*", text[start:end]):
        stop = start + line.start()
        if count_words(text[first:stop]) >= _LINES_WORDS:
            yield first, stop
            first = start + line.end()
    if first < end:
        yield first, end


def _rarity(question: Question, passages: Sequence[Passage]) -> dict[str, float]:
    """Return how much each word of the question tells, as a share of all that it needs.

    This is the inverse document frequency of BM25 over the passages: what stands in every one of
    them tells little, and what stands in none tells most. No sentence repeats a long question, so
    `ENOUGH` is all that it needs.
    """
    texts = [frozenset(content_words(f"{_above(p)} {p.text}")) for p in passages]
    counts = Counter(word for text in texts for word in text)
    weights = {
        word: math.log(1 + (len(texts) - counts[word] + 0.5) / (counts[word] + 0.5))
        for word in question.words
    }
    needed = min(sum(weights.values()), ENOUGH) or 1.0
    return {word: weight / needed for word, weight in weights.items()}


def _above(passage: Passage) -> str:
    return f"{passage.title} {passage.locator.heading or ''}"


def _share(words: frozenset[str], rarity: Mapping[str, float]) -> float:
    return min(1.0, sum(weight for word, weight in rarity.items() if word in words))


def _promise(sentence: Sentence) -> float:
    """Guess the strength of a sentence before a model has seen it."""
    passage = sentence.passage
    return 2 * sentence.overlap + (passage.similarity or 0.0)
