"""Passages that were found, and the answer made of them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from twind.domain.chunks import Locator


class RefusalReason(StrEnum):
    """Why there is no answer."""

    NO_SOURCES = "no_sources"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chunk that was found for a question.

    Attributes:
        chunk_id: The chunk.
        source_id: Its source.
        uri: Where the source came from.
        title: Title of the source.
        text: Text of the chunk.
        locator: Where the text stands in the source.
        score: Fused relevance, larger is better; comparable within one search only.
        similarity: Cosine between question and chunk, -1 to 1; None without an embedding model.
        coverage: Share of the question's rarity-weighted words that stand in the chunk, 0 to 1.
    """

    chunk_id: str
    source_id: str
    uri: str
    title: str
    text: str
    locator: Locator
    score: float
    similarity: float | None
    coverage: float

    def cite(self, n: int, start: int, end: int) -> "Citation":
        """Return the citation number `n` of `text[start:end]`."""
        begin = self.locator.start_char
        return Citation(
            n=n,
            source_id=self.source_id,
            chunk_id=self.chunk_id,
            uri=self.uri,
            title=self.title,
            quote=self.text[start:end],
            locator=replace(self.locator, start_char=begin + start, end_char=begin + end),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote, word for word as it stands in the source at its locator; `n` counts from 1."""

    n: int
    source_id: str
    chunk_id: str
    uri: str
    title: str
    quote: str
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the answer, how well its citations support it (0 to 1), and their numbers."""

    text: str
    support: float
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer or a refusal; a refusal has a reason and no citations.

    Attributes:
        text: What the twin says.
        answered: False for a refusal.
        confidence: How likely the answer is right, as far as the evidence shows, 0 to 1.
        support: How well the sources support any answer, 0 to 1; too little is refused.
        citations: What the answer rests on, numbered from 1.
        claims: The sentences of the answer.
        refusal_reason: Set when `answered` is false.
        notice: What the reader should know of how the answer came about, if anything.
    """

    text: str
    answered: bool
    confidence: float
    support: float = 1.0
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    refusal_reason: RefusalReason | None = None
    notice: str | None = None
