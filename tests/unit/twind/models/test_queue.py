"""Texts of questions go first, and every text is handed out once."""

from hypothesis import given
from hypothesis import strategies as st

from twind.models.queue import TextQueue, TextRequest


def request(*texts: str, urgent: bool = False) -> TextRequest:
    return TextRequest(number=0, texts=texts, urgent=urgent)


def texts_of(queue: TextQueue, most: int) -> list[str]:
    return [waiting.text for waiting in queue.take(most)]


def test_a_question_goes_before_bulk_that_came_earlier() -> None:
    queue = TextQueue()
    queue.put(request("bulk one", "bulk two"))
    queue.put(request("question", urgent=True))
    assert texts_of(queue, 2) == ["question"]
    assert texts_of(queue, 2) == ["bulk one", "bulk two"]


def test_long_texts_of_a_request_come_first() -> None:
    queue = TextQueue()
    queue.put(request("y" * 5, "x" * 100, "z" * 98))
    queue.put(request("w" * 200))
    assert texts_of(queue, 2) == ["x" * 100, "z" * 98]
    assert texts_of(queue, 2) == ["y" * 5, "w" * 200]


@given(st.lists(st.lists(st.text(max_size=9), max_size=9), max_size=9), st.integers(1, 9))
def test_every_text_is_handed_out_once(requests: list[list[str]], most: int) -> None:
    queue = TextQueue()
    for number, texts in enumerate(requests):
        queue.put(request(*texts, urgent=number % 2 == 0))
    left = [text for texts in requests for text in texts]
    while left:
        taken = texts_of(queue, most)
        assert 0 < len(taken) <= most
        for text in taken:
            left.remove(text)
