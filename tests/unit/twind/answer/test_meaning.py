"""Vectors that many answers need, and one of them has made."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.waiting import wait_until
from twind.answer.meaning import Lately
from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.base import Embedding

PATIENCE_S = 30


class Counting:
    """Embeds a text as its length, notes what it was asked for, and may be made to wait or die."""

    def __init__(self, model_id: str = "m") -> None:
        self.spec = ModelSpec(model_id=model_id, revision="1", dimension=1)
        self.asked: list[str] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.is_dead = False

    def begin_query(self, text: str) -> Callable[[], Embedding]:
        return lambda: self.embed_queries([text])[0]

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> list[Embedding]:
        self.asked += texts
        self.may_answer.wait()
        if self.is_dead:
            raise ModelUnavailable("dead")
        return [Embedding(vector=bytes([len(text)]), tokens=1) for text in texts]


def test_a_text_is_embedded_once_for_all_answers() -> None:
    lately, model = Lately(), Counting()

    assert lately.vectors("default", model, ["a", "bb", "a"]) == {"a": b"\x01", "bb": b"\x02"}
    assert lately.vectors("default", model, ["bb", "ccc"]) == {"bb": b"\x02", "ccc": b"\x03"}
    assert model.asked == ["a", "bb", "ccc"]


def test_another_tenant_or_model_has_vectors_of_its_own() -> None:
    lately, model, other = Lately(), Counting(), Counting("other")
    for tenant, embedder in (("one", model), ("two", model), ("one", other)):
        lately.vectors(tenant, embedder, ["a"])

    assert (model.asked, other.asked) == (["a", "a"], ["a"])


def test_what_was_not_compared_for_long_is_forgotten() -> None:
    lately, model = Lately(most=2), Counting()
    for text in ("a", "b", "a", "c", "a", "b"):
        lately.vectors("default", model, [text])

    assert model.asked == ["a", "b", "c", "b"]


def test_more_texts_than_are_remembered_are_embedded_all_the_same() -> None:
    texts = [str(n) for n in range(10)]

    assert set(Lately(most=3).vectors("default", Counting(), texts)) == set(texts)


@given(
    most=st.integers(1, 4),
    asked=st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), max_size=12),
)
def test_whatever_is_asked_and_forgotten_each_text_gets_its_vector(
    most: int, asked: list[list[str]]
) -> None:
    lately, model = Lately(most=most), Counting()
    answered: list[set[str]] = []

    def ask_all() -> None:
        answered.extend(set(lately.vectors("default", model, texts)) for texts in asked)

    asking = threading.Thread(target=ask_all, daemon=True)
    asking.start()
    asking.join(PATIENCE_S)
    assert answered == [set(texts) for texts in asked]


def test_a_text_that_another_answer_has_embedded_just_now_is_waited_for() -> None:
    lately, model = Lately(), Counting()
    model.may_answer.clear()
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(lately.vectors, "default", model, ["a"]) for _ in range(4)]
        wait_until(lambda: model.asked == ["a"])
        model.may_answer.set()

        assert [each.result() for each in waiting] == [{"a": b"\x01"}] * 4
    assert model.asked == ["a"]


def test_a_model_that_died_is_asked_again() -> None:
    lately, model = Lately(), Counting()
    model.is_dead = True
    with pytest.raises(ModelUnavailable):
        lately.vectors("default", model, ["a"])
    model.is_dead = False

    assert lately.vectors("default", model, ["a"]) == {"a": b"\x01"}
