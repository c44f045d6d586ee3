"""Questions go first and micro-batches hold texts of like length."""

from hypothesis import given
from hypothesis import strategies as st

from twind.models.queue import EmbeddingQueue


def texts_of(queue: EmbeddingQueue) -> list[str]:
    batch = queue.take(timeout_s=0)
    assert batch is not None
    return [text for text, _ in batch]


def test_a_question_goes_before_bulk_that_came_earlier() -> None:
    queue = EmbeddingQueue(batch=2)
    queue.put(["bulk one", "bulk two", "bulk three"], urgent=False)
    queue.put(["question"], urgent=True)
    assert texts_of(queue) == ["question"]
    assert texts_of(queue) == ["bulk one", "bulk two"]


def test_a_batch_holds_the_oldest_text_and_those_nearest_in_length() -> None:
    queue = EmbeddingQueue(batch=2)
    queue.put(["x" * 100, "y" * 5, "z" * 98], urgent=False)
    assert texts_of(queue) == ["x" * 100, "z" * 98]


def test_closing_cancels_what_waits() -> None:
    queue = EmbeddingQueue(batch=2)
    futures = queue.put(["a"], urgent=False) + queue.put(["b"], urgent=True)
    queue.close()
    assert all(future.cancelled() for future in futures)
    assert queue.take(timeout_s=0) is None
    assert all(future.cancelled() for future in queue.put(["late"], urgent=True))


@given(st.lists(st.text(max_size=30), max_size=40), st.integers(min_value=1, max_value=9))
def test_every_text_is_handed_out_once(texts: list[str], batch: int) -> None:
    queue = EmbeddingQueue(batch=batch)
    queue.put(texts, urgent=False)
    taken: list[str] = []
    while part := texts_of(queue):
        assert len(part) <= batch
        taken += part
    assert sorted(taken) == sorted(texts)
