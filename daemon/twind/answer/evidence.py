"""How well each sentence of the passages supports an answer to a question.

A sentence is judged by the words it shares with the question, weighted by how rare they are among
the passages, and by its meaning, as an embedding model sees it; by the passage it stands in; and
by whether it offers the kind of thing that was asked for. The weighted sum is its strength, and a
logistic curve makes it the probability that the sources are about what was asked. Whether the
sentence is the answer is another question: what speaks against it lowers its confidence.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from twind.answer.contact import reaches
from twind.answer.doubts import doubt
from twind.answer.headings import headed
from twind.answer.question import Question, Wanted, offers, says_nothing
from twind.answer.replies import answers_another, asks, leans
from twind.answer.units import focused, header_of, units
from twind.answer.words import content_words
from twind.domain.answers import Passage

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Returns the cosine between a question and each of some sentences."""

MAX_PASSAGES = 6
MAX_COMPARED = 32

ENOUGH = 6.0
"""Rarity of about three words that none of the passages holds."""


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
    before: float
    coverage: float
    names: float
    offers: float
    middle: float
    slope: float


MEANING = Weights(
    sentence_similarity=1.0,
    passage_similarity=0.8,
    overlap=0.3,
    before=0.2,
    coverage=0.3,
    names=0.1,
    offers=0.1,
    middle=1.18,
    slope=6.0,
)
OTHER_LANGUAGE = Weights(
    sentence_similarity=1.0,
    passage_similarity=0.6,
    overlap=0.8,
    before=0.0,
    coverage=0.8,
    names=0.2,
    offers=0.2,
    middle=1.54,
    slope=3.0,
)
WORDS_ONLY = Weights(
    sentence_similarity=0.0,
    passage_similarity=0.0,
    overlap=0.6,
    before=0.0,
    coverage=1.6,
    names=0.4,
    offers=0.2,
    middle=1.58,
    slope=3.0,
)
CUT = 0.1
"""What a sentence is worth less whose beginning stands elsewhere."""
OTHER_REPLY = 0.4
"""What a sentence is worth less that answers the question above it, of another kind."""
REACHED = 0.75
"""What an address or a telephone number is worth where one is asked for."""
LESS_THAN_ASKED = 0.3
"""How much less a passage is about a question than the question is that it answers."""
ECHO = 0.2
"""What shared words are worth less to confidence than to strength: they tell which sentence to
look at, and a question that a sentence only seems to answer shares them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence `passage.text[start:end]` and what is shared between it and the question.

    Attributes:
        passage: Where it stands.
        start: First character in the text of the passage.
        end: One past the last character.
        heading: The heading that it stands directly below; empty where there is none. The two
            are read as one: under "May I bring a dog?", "Please do not." is an answer.
        header: The row that names its columns, if it is a row of a table; read with it as well.
        shared: The words of the question that stand in it, each with the share of what the
            question tells, by its rarity.
        before: Share of them that the sentence before it and the headings above add.
        names: Share of the question's names and numbers that stand in it, in the sentence before
            it or in the headings above.
        offers: Whether it has the kind of thing asked for.
        reaches: How surely it says how somebody can be reached, where that is asked for.
    """

    passage: Passage
    start: int
    end: int
    heading: str
    header: str
    shared: Mapping[str, float]
    before: float
    names: float
    offers: float
    reaches: float

    @property
    def text(self) -> str:
        """The sentence as it stands in the passage."""
        return self.passage.text[self.start : self.end]

    @property
    def is_cut(self) -> bool:
        """Whether it begins in the middle of a sentence, as small letters show."""
        return self.text[0].islower() and not self.passage.text.islower()

    @property
    def overlap(self) -> float:
        """Share of the question's rarity-weighted words that stand in it."""
        return min(1.0, sum(self.shared.values()))

    @property
    def meant(self) -> str:
        """The sentence with the heading that it stands directly below; of a table what counts."""
        text = focused(self.text, frozenset(self.shared))
        return "\n".join(part for part in (self.heading, self.header, text) if part)

    @property
    def asked(self) -> str:
        """The question that it stands directly below; empty where none can be understood."""
        return self.heading if asks(self.heading) and not leans(self.heading) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence and what it is worth.

    Attributes:
        sentence: The sentence.
        strength: The weighted sum of its signs.
        support: Probability that the sources can answer the question, as far as it shows.
        confidence: The same with what speaks against this sentence as the answer.
    """

    sentence: Sentence
    strength: float
    support: float
    confidence: float


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
    near: Mapping[str, float] = {}
    if similarity is not None and found:
        weights = MEANING if question.is_english else OTHER_LANGUAGE
        texts = list(dict.fromkeys(text for s in found for text in (s.meant, s.asked) if text))
        near = dict(zip(texts, similarity(question.text, texts), strict=True))
    evidence = [_evidence(question, weights, sentence, near) for sentence in found]
    return sorted(evidence, key=lambda one: one.strength, reverse=True)


def _evidence(
    question: Question, weights: Weights, sentence: Sentence, near: Mapping[str, float]
) -> Evidence:
    is_other = answers_another(question, sentence.text, sentence.heading)
    asked = 0.0 if is_other else near.get(sentence.asked, 0.0)
    about = max(sentence.passage.similarity or 0.0, asked - LESS_THAN_ASKED)
    strength = (
        weights.sentence_similarity * max(near.get(sentence.meant, 0.0), asked)
        + weights.passage_similarity * about
        + weights.overlap * sentence.overlap
        + weights.before * sentence.before
        + weights.coverage * sentence.passage.coverage
        + weights.names * sentence.names
        + weights.offers * sentence.offers
        + REACHED * sentence.reaches
        - CUT * sentence.is_cut
        - OTHER_REPLY * is_other
    )
    shared = sentence.overlap + sentence.before
    against = ECHO * shared + doubt(question, sentence.text, sentence.heading)
    return Evidence(
        sentence=sentence,
        strength=strength,
        support=_probability(weights, strength),
        confidence=_probability(weights, strength - against),
    )


def _probability(weights: Weights, strength: float) -> float:
    return 1 / (1 + math.exp(weights.slope * (weights.middle - strength)))


def _read(question: Question, passage: Passage, rarity: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield the sentences of a passage."""
    above = frozenset(content_words(_above(passage)))
    before: frozenset[str] = frozenset()
    for one in headed(passage, list(units(passage.text))):
        text = passage.text[one.start : one.end]
        heading = one.heading if one.is_first else ""
        names = header_of(passage.text, (one.start, one.end))
        header = passage.text[slice(*names)] if names else ""
        words = frozenset(content_words(f"{heading} {header} {text}"))
        if not words or (not header and says_nothing(question, text)):
            continue
        around = above.union(content_words(one.heading), before, words)
        yield Sentence(
            passage=passage,
            start=one.start,
            end=one.end,
            heading=heading,
            header=header,
            shared={word: weight for word, weight in rarity.items() if word in words},
            before=_share(around, rarity) - _share(words, rarity),
            names=len(question.names & around) / len(question.names) if question.names else 1.0,
            offers=offers(question, text),
            reaches=reaches(question.text, text, f"{_above(passage)} {one.heading}")
            if question.wanted is Wanted.CONTACT
            else 0.0,
        )
        before = words


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
