"""What holds for every answer, whatever the sources say."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.support.passages import a_passage, shared_words
from twind.answer.extractive import answer
from twind.answer.selection import MAX_SENTENCES
from twind.domain.answers import Citation, Passage

words = st.sampled_from(
    [
        *["Ada", "built", "the", "engine", "in", "1843", "[2]", "|", "cell", "**bold**", "-"],
        *["item.", "He", "said:", "¿qué?", "东京大学。", "…", "\n", "\n\n"],
    ]
)
texts = st.one_of(st.lists(words, min_size=1, max_size=60).map(" ".join), st.text(min_size=1))
scores = st.floats(min_value=0, max_value=1)
questions = st.one_of(st.text(), st.sampled_from(["Who built the engine?", "¿Quién?", "Когда?"]))


@st.composite
def passages(draw: st.DrawFn) -> list[Passage]:
    return [
        a_passage(
            text,
            source_id=f"src_{draw(st.integers(0, 1))}",
            start=draw(st.integers(0, 10_000)),
            similarity=draw(scores),
            coverage=draw(scores),
        )
        for text in draw(st.lists(texts, max_size=4))
    ]


@given(question=questions, found=passages(), with_model=st.booleans())
def test_every_answer_keeps_its_promises(
    question: str, found: list[Passage], *, with_model: bool
) -> None:
    def similarity(asked: str, sentences: Sequence[str]) -> list[float]:
        return shared_words(f"{asked} the", sentences)

    said = answer(question, found, similarity if with_model else None)
    assert 0 <= said.confidence <= 1
    assert said.text
    assert (said.refusal_reason is None) == said.answered
    assert bool(said.citations) == said.answered
    assert len(said.citations) == len(said.claims) <= MAX_SENTENCES
    assert len({claim.text for claim in said.claims}) == len(said.claims)
    for n, citation in enumerate(said.citations, 1):
        assert citation.n == n
        assert f"[{n}]" in said.text
        assert any(_stands_in(citation, passage) for passage in found)


def _stands_in(citation: Citation, passage: Passage) -> bool:
    start = citation.locator.start_char - passage.locator.start_char
    end = citation.locator.end_char - passage.locator.start_char
    same = citation.source_id == passage.source_id and citation.chunk_id == passage.chunk_id
    return same and 0 <= start < end and passage.text[start:end] == citation.quote
