"""Chunks: the passages of a document that are indexed, found and cited."""

from dataclasses import dataclass

from twind.domain.tokens import estimate_token_starts

HEADING_SEPARATOR = " › "  # noqa: RUF001
_CONTEXT_TOKENS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a passage stands in its source; what does not apply is None.

    Attributes:
        start_char: First character in the text of the source, counted from 0.
        end_char: One past the last character.
        page: Page or slide, counted from 1.
        heading: Path of the headings above it, outermost first, as one line.
        start_seconds: When it is spoken, in seconds from the start.
    """

    start_char: int
    end_char: int
    page: int | None = None
    heading: str | None = None
    start_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A passage: `text` is exactly `document.text[locator.start_char:locator.end_char]`."""

    text: str
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a chunk stands among those of its source.

    Attributes:
        source_id: The source.
        position: How many chunks of the source stand before it.
        page: Page or slide, counted from 1.
    """

    source_id: str
    position: int
    page: int


def embedding_text(title: str | None, chunk: Chunk) -> str:
    """Return what the embedding model reads: title, headings and text of a chunk.

    A title or heading path too long to leave the text its room is cut at a word: a title keeps
    its beginning, a heading path its end.
    """
    heading = chunk.locator.heading
    room = _CONTEXT_TOKENS // 2 if heading else _CONTEXT_TOKENS
    above = [_first_words(title or "", room), _last_words(heading or "", _CONTEXT_TOKENS // 2)]
    return "\n".join([*dict.fromkeys(part for part in above if part), chunk.text])


def _first_words(text: str, tokens: int) -> str:
    """Return the longest beginning, in whole words, of at most about so many tokens."""
    starts = estimate_token_starts(text)
    if len(starts) <= tokens:
        return text
    kept = text[: starts[tokens]]
    return kept.rpartition(" ")[0] or kept


def _last_words(text: str, tokens: int) -> str:
    starts = estimate_token_starts(text)
    if len(starts) <= tokens:
        return text
    kept = text[starts[-tokens] :]
    return kept.partition(" ")[2] or kept
