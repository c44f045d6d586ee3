"""How well the sentences of an answer are supported by the passages that they cite.

A sentence is attributable to a source when whoever reads the source would say "according to it,
this is so" (Rashkin et al., "Measuring Attribution in Natural Language Generation Models", 2023);
Gao et al., "Enabling Large Language Models to Generate Text with Citations" (2023), judge that
sentence by sentence against what is cited. They ask people, or a large model of inference. Here
three signs stand for both: how near the sentence is in meaning to the best sentence of the
source, how much of its words (rare ones count more) the source holds, and whether the source
holds every number, name and address in it. A sentence that denies what the source affirms, or
the other way round, counts little.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from twind.answer.details import Details, details_of, holdings_of
from twind.answer.negation import contradicts
from twind.answer.quoting import Match, Quote, Source, best_match, share
from twind.answer.words import content_words, count_words
from twind.domain.answers import Passage

Cosines = Callable[[str, Sequence[str]], Sequence[float]]
"""Returns the cosine between a text and each of some others."""

SUPPORTED = 0.5
ADOPTED = 0.8
"""What a sentence needs that cites nothing, or nothing that supports it."""

MAX_ADOPTING = 3
SENTENCE_WORDS = 4
"""Fewer words, such as "In 1841.", say something only behind the question."""

USUAL_PASSAGES = 10
"""Rarity is counted as if there were so many: among two passages every word would seem common."""

CONTRADICTION = 0.3
_QUOTE_LAG = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each sign is worth, and the logistic curve over their sum."""

    similarity: float
    quoted: float
    held: float
    middle: float
    slope: float


MEANING = Weights(similarity=1.0, quoted=0.5, held=1.0, middle=1.5, slope=8.0)
WORDS_ONLY = Weights(similarity=0.0, quoted=1.0, held=1.0, middle=1.2, slope=8.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How well a sentence is supported, 0 to 1, and by what; unsupported, it has no quotes."""

    support: float
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A sentence to judge.

    Attributes:
        text: Its words.
        read: What is compared: of a fragment, the question and its words.
        rarity: How much each word of that tells, as shares of 1.
        own: The words that a fragment adds to the question; its quote has to hold all of them.
    """

    text: str
    read: str
    rarity: Mapping[str, float]
    own: frozenset[str]


class Verifier:
    """Judges the sentences of one answer against the passages that were given for it."""

    def __init__(self, question: str, passages: Sequence[Passage], cosines: Cosines | None):
        self._question = question
        self._asked = holdings_of(question)
        self._cosines = cosines
        self._sources = [Source(passage) for passage in passages]
        self._counts = Counter(word for source in self._sources for word in source.words)

    def judge(self, text: str, cited: Sequence[int]) -> Verdict:
        """Return the support of a sentence.

        Args:
            text: The sentence, without numbers of citations.
            cited: The passages that it cites, counted from 1.
        """
        if not content_words(text):
            return Verdict(support=0.0)
        said = self._read(text)
        telling = [source for source in self._sources if source.spans]
        likely = sorted(telling, key=lambda one: -share(said.rarity, one.words))[:MAX_ADOPTING]
        pointed = [source for n in cited if (source := self._sources[n - 1]).spans]
        verdict = self._judge(said, pointed) if pointed else Verdict(support=0.0)
        if verdict.support >= SUPPORTED:
            return verdict
        others = (self._judge(said, [source]) for source in likely)
        adopted = max(others, key=lambda one: one.support, default=verdict)
        return adopted if adopted.support >= ADOPTED else replace(verdict, quotes=())

    def _read(self, text: str) -> _Said:
        is_fragment = count_words(text) < SENTENCE_WORDS
        read = f"{self._question} {text}" if is_fragment else text
        own = frozenset(content_words(text)) if is_fragment else frozenset()
        return _Said(text=text, read=read, rarity=self._rarity(read), own=own)

    def _judge(self, said: _Said, sources: Sequence[Source]) -> Verdict:
        """Judge a sentence against passages taken together."""
        rarity = said.rarity
        near = partial(self._near, said.read)
        found = [best_match(source, rarity, near) for source in sources]
        best = max(found, key=lambda one: one.strength)
        quoted = frozenset().union(*(one.span.words for one in found))
        held = frozenset().union(*(source.words for source in sources))
        if not said.own <= frozenset().union(*(one.core.words for one in found)):
            return Verdict(support=0.0)
        weights = MEANING if self._cosines else WORDS_ONLY
        strength = (
            weights.similarity * best.similarity
            + weights.quoted * share(rarity, quoted)
            + weights.held * share(rarity, held)
        )
        support = 1 / (1 + math.exp(weights.slope * (weights.middle - strength)))
        support *= self._faith(said.text, found, sources)
        close = (one for one in found if one.strength >= best.strength - _QUOTE_LAG)
        return Verdict(support=support, quotes=tuple(one.quote for one in close))

    def _near(self, read: str, texts: Sequence[str]) -> Sequence[float]:
        return self._cosines(read, texts) if self._cosines else [0.0] * len(texts)

    def _faith(self, text: str, found: Sequence[Match], sources: Sequence[Source]) -> float:
        """Return 1, or less for details that no source holds and for what the best denies."""
        said = details_of(text)
        missing = said
        for source in sources:
            missing -= source.holdings
        quotes = [one.source.text(one.core) for one in found]
        if missing - self._asked or self._is_exchanged(said, missing, "\n".join(quotes)):
            return 0.0
        return CONTRADICTION if all(contradicts(text, quote) for quote in quotes) else 1.0

    def _is_exchanged(self, said: Details, missing: Details, quoted: str) -> bool:
        """Tell whether a sentence has a number or name where what it rests on has another.

        A name that only the question holds is let through otherwise (sources say "she" where
        people ask by name), and so is a number of the passage that stands beside the quote.
        """
        rivals = details_of(quoted) - said - self._asked
        strays = said.numbers - holdings_of(quoted).numbers
        return bool((strays and rivals.numbers) or (missing.names and rivals.names))

    def _rarity(self, text: str) -> dict[str, float]:
        """Return how much each word of a sentence tells, as shares of 1 (the IDF of BM25)."""
        total = max(len(self._sources), USUAL_PASSAGES)
        weights = {
            word: math.log(1 + (total - self._counts[word] + 0.5) / (self._counts[word] + 0.5))
            for word in content_words(text)
        }
        whole = sum(weights.values()) or 1.0
        return {word: weight / whole for word, weight in weights.items()}
