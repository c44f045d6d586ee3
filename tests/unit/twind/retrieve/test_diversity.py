"""A list of passages does not say the same thing twice."""

from twind.domain.answers import Passage
from twind.domain.chunks import Locator
from twind.retrieve.diversity import diverse


def passage(name: str, text: str, score: float, page: int | None = None) -> Passage:
    return Passage(
        chunk_id=name,
        source_id="source",
        uri="file:///a.pdf",
        title="A",
        text=text,
        locator=Locator(start_char=0, end_char=len(text), page=page),
        score=score,
        similarity=None,
        coverage=score,
    )


def names(passages: list[Passage], limit: int = 10) -> list[str]:
    return [one.chunk_id for one in diverse(passages, limit)]


def test_of_nearly_equal_texts_the_best_stays() -> None:
    text = "the ferry to Harra sails four times a day in summer and twice a day in winter"
    found = [passage("a", text, 0.9), passage("b", text.upper() + "!", 0.8)]
    assert names([*found, passage("c", "a bicycle travels free", 0.7)]) == ["a", "c"]


def test_another_page_comes_before_a_slightly_better_passage_of_the_same() -> None:
    found = [
        passage("a", "first words", 0.90, page=1),
        passage("b", "second thing", 0.85, page=1),
        passage("c", "third part", 0.80, page=2),
    ]
    assert names(found) == ["a", "c", "b"]


def test_without_pages_the_order_stays() -> None:
    found = [passage("a", "first words", 0.90), passage("b", "second thing", 0.85)]
    assert names([*found, passage("c", "third part", 0.80)]) == ["a", "b", "c"]


def test_others_move_up_for_what_is_left_out() -> None:
    found = [passage("a", "same", 0.9), passage("b", "same", 0.8), passage("c", "other", 0.7)]
    assert names(found, limit=2) == ["a", "c"]
