"""A published model is fetched by the hub's own library, or it is said plainly why not."""

import hashlib
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.hub import Hub, running_hub
from tests.support.models import a_bert
from tests.support.waiting import wait_until
from twind.models.bert import read_bert
from twind.models.fetch import may_fetch
from twind.models.published import PUBLISHED, Published
from twind.models.registry import EmbedderRegistry

WAIT_S = 20.0
REPOSITORY, REVISION = "someone/tiny", "0123456789abcdef0123456789abcdef01234567"
FILES = (
    *("modules.json", "config.json", "config_sentence_transformers.json", "tokenizer.json"),
    *("sentence_bert_config.json", "tokenizer_config.json", "1_Pooling/config.json"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what the hub has: a small model whose ONNX file holds its weights."""
    import onnx

    from twind.models.bert_graph import build_graph

    folder = a_bert(tmp_path_factory.mktemp("published") / "tiny")
    bert = read_bert(folder)
    assert bert is not None
    graph = build_graph(bert)
    onnx.load_external_data_for_model(graph, str(folder))
    contents = {name: (folder / name).read_bytes() for name in FILES}
    return {**contents, "onnx/model.onnx": graph.SerializeToString()}


def published(files: Mapping[str, bytes]) -> Mapping[str, Published]:
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {"tiny": Published(repository=REPOSITORY, revision=REVISION, files=checksums)}


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    return monkeypatch


@contextmanager
def registry(models: Path, known: Mapping[str, Published]) -> Iterator[EmbedderRegistry]:
    found = EmbedderRegistry("tiny", models, keep_alive_s=-1, published=known)
    try:
        yield found
    finally:
        found.close()


def wait_for_the_end(models: EmbedderRegistry) -> None:
    wait_until(lambda: "being fetched" not in str(models.problem))


@pytest.fixture
def hub(files: dict[str, bytes], online: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub(REPOSITORY, REVISION, files) as running:
        online.setenv("HF_ENDPOINT", running.url)
        yield running


def test_a_model_that_is_published_is_fetched_and_answers(
    tmp_path: Path, files: dict[str, bytes], hub: Hub
) -> None:
    arrived = threading.Event()
    with registry(tmp_path / "models", published(files)) as models:
        assert models.current is None
        models.fetch_missing(arrived.set)
        wait_for_the_end(models)
        assert models.problem is None
        assert arrived.wait(WAIT_S)
        assert models.current is not None
        (embedding,) = models.current.embed_documents(["bee"])
        assert len(embedding.vector) == 4 * 32
    assert "GET /stored/onnx/model.onnx" in hub.asked
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["tiny"]
    asked = len(hub.asked)
    with registry(tmp_path / "models", published(files)) as models:
        models.fetch_missing(pytest.fail)
        assert models.current is not None
    assert len(hub.asked) == asked


def test_a_file_that_is_not_the_one_examined_is_refused(
    tmp_path: Path, files: dict[str, bytes], hub: Hub
) -> None:
    known = published({**files, "tokenizer.json": b"another"})
    with registry(tmp_path, known) as models:
        models.fetch_missing(pytest.fail)
        wait_for_the_end(models)
        assert "checksum" in str(models.problem)
        assert models.current is None
    assert not (tmp_path / "tiny").exists()


def test_a_hub_that_does_not_answer_holds_nobody_up(
    tmp_path: Path, files: dict[str, bytes], online: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        online.setenv("HF_ENDPOINT", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with registry(tmp_path, published(files)) as models:
            models.fetch_missing(pytest.fail)
            assert "being fetched" in str(models.problem)
            wait_for_the_end(models)
            assert "cannot be reached" in str(models.problem)
            assert list(tmp_path.glob("*.part")) == []


def test_closing_ends_a_fetch(
    tmp_path: Path, files: dict[str, bytes], online: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        online.setenv("HF_ENDPOINT", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with registry(tmp_path, published(files)) as models:
            models.fetch_missing(pytest.fail)
    assert models.current is None


def test_without_the_net_nothing_is_tried(
    tmp_path: Path, files: dict[str, bytes], hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with registry(tmp_path, published(files)) as models:
        models.fetch_missing(pytest.fail)
        assert "is not here" in str(models.problem)
    assert hub.asked == []


@pytest.mark.parametrize("value", ["1", "ON", "yes", "True"])
def test_every_spelling_of_offline_is_understood(value: str) -> None:
    assert not may_fetch({"HF_HUB_OFFLINE": value})


def test_what_is_pinned_is_a_commit_and_checksums() -> None:
    for model in PUBLISHED.values():
        assert len(model.revision) == 40
        assert {len(checksum) for checksum in model.files.values()} == {64}
