"""The embedding child runs the real model and is replaced when it dies."""

import math
import os
import signal
import struct
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.vectors import runnable
from tests.support.waiting import wait_until
from twind.errors import ModelUnavailable
from twind.models.base import Embedding
from twind.models.files import find_embedding_model
from twind.models.sentence import SentenceEmbedder


@pytest.fixture(scope="module", params=[False, True], ids=["ONNX Runtime", "OpenVINO"])
def embedder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SentenceEmbedder]:
    models = tmp_path_factory.mktemp("models")
    model = runnable("all-MiniLM-L6-v2", models, bfloat16=request.param)
    embedder = SentenceEmbedder(model, keep_alive_s=-1)
    yield embedder
    embedder.close()


def cosine(left: Embedding, right: Embedding) -> float:
    a, b = (struct.unpack(f"<{len(it.vector) // 4}f", it.vector) for it in (left, right))
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def test_texts_of_like_meaning_have_near_vectors(embedder: SentenceEmbedder) -> None:
    near, like, far = embedder.embed_documents(
        ["The cat sat on the mat.", "A cat was sitting on a rug.", "Interest rates rose in May."]
    )
    assert len(near.vector) == 4 * embedder.spec.dimension
    assert near.tokens == 7
    assert math.isclose(cosine(near, near), 1.0, abs_tol=1e-5)
    assert cosine(near, like) > 0.6 > cosine(near, far)


def test_a_question_and_a_document_with_the_same_words_have_the_same_vector(
    embedder: SentenceEmbedder,
) -> None:
    query, document = embedder.embed_queries(["hives"])[0], embedder.embed_documents(["hives"])[0]
    assert math.isclose(cosine(query, document), 1.0, abs_tol=1e-5)


def test_a_text_that_comes_twice_has_one_vector(embedder: SentenceEmbedder) -> None:
    first, other, again = embedder.embed_documents(["wax", "honey", "wax"])
    assert first is again
    assert other != first


def test_tokens_are_counted_beyond_what_the_model_reads(embedder: SentenceEmbedder) -> None:
    short, long = embedder.embed_documents(["bee", "bee " * 1000])
    assert (short.tokens, long.tokens) == (1, 1000)


def test_a_question_overtakes_bulk_that_waits(embedder: SentenceEmbedder) -> None:
    bulk = [f"{number} " + "bees dance on the comb " * 40 for number in range(100)]
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(embedder.embed_documents, bulk)
        wait_until(pending.running)
        embedder.embed_queries(["Where do bees dance?"])
        assert not pending.done()
        assert len(pending.result()) == len(bulk)


def test_vectors_come_in_the_order_of_their_texts(embedder: SentenceEmbedder) -> None:
    texts = [f"{number} " * (1 + number % 7) for number in range(80)]
    together, alone = embedder.embed_documents(texts), embedder.embed_documents(texts[33:34])
    assert together[33] == alone[0]
    assert embedder.embed_documents([]) == []


def test_a_child_that_was_killed_is_replaced(embedder: SentenceEmbedder) -> None:
    before = embedder.embed_queries(["still there"])
    assert embedder.child_pid is not None
    os.kill(embedder.child_pid, signal.SIGKILL)
    assert embedder.embed_queries(["still there"]) == before


def test_nothing_waits_for_ever_once_it_is_closed(tmp_path: Path) -> None:
    model = find_embedding_model("all-MiniLM-L6-v2", tmp_path)
    assert model is not None
    embedder = SentenceEmbedder(model, keep_alive_s=-1)
    embedder.close()
    with pytest.raises(ModelUnavailable):
        embedder.embed_queries(["too late"])


def test_a_child_that_cannot_be_started_is_told_of_as_a_missing_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = find_embedding_model("all-MiniLM-L6-v2", tmp_path)
    assert model is not None
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with (
        closing(SentenceEmbedder(model, keep_alive_s=-1)) as embedder,
        pytest.raises(ModelUnavailable, match="no process can be started"),
    ):
        embedder.embed_queries(["anybody there"])
