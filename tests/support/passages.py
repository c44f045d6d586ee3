"""Passages for tests of answers, and a similarity that counts shared words."""

from collections.abc import Sequence

from twind.domain.answers import Passage
from twind.domain.chunks import Locator


def a_passage(
    text: str,
    *,
    source_id: str = "src_1",
    start: int = 0,
    heading: str | None = None,
    similarity: float | None = 0.6,
    coverage: float = 0.8,
) -> Passage:
    """Return a passage that stands at `start` in its source."""
    return Passage(
        chunk_id=f"{source_id}/{start}",
        source_id=source_id,
        uri=f"/notes/{source_id}.md",
        title="Notes",
        text=text,
        locator=Locator(start_char=start, end_char=start + len(text), heading=heading),
        score=0.5,
        similarity=similarity,
        coverage=coverage,
    )


def shared_words(question: str, sentences: Sequence[str]) -> list[float]:
    """Return the share of the question's words that stand in each sentence."""
    asked = set(question.lower().strip("?").split())
    return [
        len(asked & set(sentence.lower().strip(".").split())) / len(asked)
        for sentence in sentences
    ]
