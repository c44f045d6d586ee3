"""The part of a passage that says most of a sentence: one of its sentences, or two in a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from twind.answer.details import holdings_of
from twind.answer.orders import statements, without_orders
from twind.answer.words import content_words
from twind.domain.answers import Passage

MAX_COMPARED = 12
_PAIR_GAIN = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The part `passage.text[start:end]` that supports a sentence."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the source."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A sentence of a passage, or two in a row."""

    start: int
    end: int
    words: frozenset[str]


class Source:
    """A passage, read once.

    Attributes:
        passage: The passage.
        spans: Its sentences that may be evidence.
        words: What they, the title and the headings hold.
        holdings: The details that these hold.
    """

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.spans = [
            Span(start=a, end=b, words=frozenset(content_words(passage.text[a:b])))
            for a, b in statements(passage.text)
        ]
        parts = [passage.title, passage.locator.heading or "", passage.text]
        held = "\n".join(without_orders(part) for part in parts)
        self.words = frozenset(content_words(held))
        self.holdings = holdings_of(held)

    def text(self, span: Span) -> str:
        """Return the words of a span."""
        return self.passage.text[span.start : span.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A part of a passage beside a sentence: their cosine, and the share of words it holds.

    `core` is the one sentence of the part that is nearest.
    """

    source: Source
    core: Span
    span: Span
    similarity: float
    held: float

    @property
    def strength(self) -> float:
        """What matches are compared by."""
        return self.similarity + self.held

    @property
    def quote(self) -> Quote:
        """The part, to be cited."""
        return Quote(passage=self.source.passage, start=self.span.start, end=self.span.end)


def best_match(
    source: Source,
    rarity: Mapping[str, float],
    near: Callable[[Sequence[str]], Sequence[float]],
) -> Match:
    """Return the sentence of a source that fits best, with its neighbour where that holds more.

    Args:
        source: It has at least one sentence.
        rarity: The words to look for and how much each tells, as shares of 1.
        near: Returns how near texts are in meaning, a cosine each.
    """
    spans = sorted(source.spans, key=lambda span: -share(rarity, span.words))[:MAX_COMPARED]
    matches = [
        Match(
            source=source,
            core=span,
            span=span,
            similarity=cosine,
            held=share(rarity, span.words),
        )
        for span, cosine in zip(spans, near([source.text(span) for span in spans]), strict=True)
    ]
    return _widened(max(matches, key=lambda one: one.strength), rarity)


def share(rarity: Mapping[str, float], words: frozenset[str]) -> float:
    """Return the share of the words to look for that are among these, by how much they tell."""
    return sum(weight for word, weight in rarity.items() if word in words)


def _widened(match: Match, rarity: Mapping[str, float]) -> Match:
    """Return a match with the sentence before or after it, if that holds much of what it lacks."""
    spans = match.source.spans
    at = spans.index(match.span)
    pairs = [_joined(spans[i], spans[i + 1]) for i in (at - 1, at) if 0 <= i < len(spans) - 1]
    wider = max(pairs, key=lambda span: share(rarity, span.words), default=match.span)
    held = share(rarity, wider.words)
    return replace(match, span=wider, held=held) if held >= match.held + _PAIR_GAIN else match


def _joined(one: Span, two: Span) -> Span:
    return Span(start=one.start, end=two.end, words=one.words | two.words)
