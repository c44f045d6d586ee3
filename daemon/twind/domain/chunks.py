"""Chunks: the passages of a document that are indexed, found and cited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a passage stands in its source; what does not apply is None.

    Attributes:
        start_char: First character in the text of the source, counted from 0.
        end_char: One past the last character.
        page: Page or slide, counted from 1.
        heading: Path of the headings above it, outermost first, joined by ` › `.
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


def embedding_text(title: str | None, chunk: Chunk) -> str:
    """Return what the embedding model reads: title, headings and text of a chunk."""
    above = [part for part in (title, chunk.locator.heading) if part]
    return "\n".join([*dict.fromkeys(above), chunk.text])
