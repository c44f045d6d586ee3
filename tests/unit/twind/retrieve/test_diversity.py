"""A list of passages does not say the same thing twice."""

from collections.abc import Iterator

from twind.domain.answers import Passage
from twind.domain.chunks import Locator, Place
from twind.retrieve.diversity import different, spread_over_pages


def passage(name: str, text: str) -> Passage:
    return Passage(
        chunk_id=name,
        source_id="source",
        uri="file:///a.pdf",
        title="A",
        text=text,
        locator=Locator(start_char=0, end_char=len(text)),
        score=1.0,
        similarity=None,
        coverage=1.0,
    )


def place(source: str, page: int) -> Place:
    return Place(source_id=source, position=0, page=page)


def names(passages: list[Passage], limit: int = 10) -> list[str]:
    return [one.chunk_id for one in different(passages, limit)]


def test_of_nearly_equal_texts_the_best_stays() -> None:
    text = "the ferry to Harra sails four times a day in summer and twice a day in winter"
    found = [passage("a", text), passage("b", text.upper() + "!")]
    assert names([*found, passage("c", "a bicycle travels free")]) == ["a", "c"]


def test_others_move_up_for_what_is_left_out() -> None:
    found = [passage("a", "same"), passage("b", "same"), passage("c", "other")]
    assert names(found, limit=2) == ["a", "c"]


def test_no_more_passages_are_drawn_than_it_takes() -> None:
    def drawn() -> Iterator[Passage]:
        yield passage("a", "one")
        yield passage("b", "two")
        raise AssertionError("a third was drawn")

    assert [one.chunk_id for one in different(drawn(), 2)] == ["a", "b"]


def test_another_page_comes_before_a_slightly_better_passage_of_the_same() -> None:
    pages = {1: place("source", 1), 2: place("source", 1), 3: place("source", 2)}
    assert spread_over_pages({1: 0.90, 2: 0.85, 3: 0.80}, pages) == [1, 3, 2]


def test_the_same_page_of_another_source_is_another_page() -> None:
    pages = {1: place("source", 1), 2: place("other", 1), 3: place("source", 2)}
    assert spread_over_pages({1: 0.90, 2: 0.85, 3: 0.80}, pages) == [1, 2, 3]


def test_without_pages_the_order_stays() -> None:
    assert spread_over_pages({2: 0.90, 1: 0.85, 3: 0.80}, {}) == [2, 1, 3]
