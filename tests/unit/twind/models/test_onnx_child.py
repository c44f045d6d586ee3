"""The graph gives the vectors that sentence-transformers gives."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.models import a_bert, packaged_model
from twind.errors import ModelUnavailable
from twind.models.base import Embedding
from twind.models.files import EmbeddingModel, find_embedding_model
from twind.models.sentence import SentenceEmbedder

TEXTS = [
    "Hives are opened when it is warm.",
    "",
    "wax",
    *(f"{word} " * (3 + 40 * place) for place, word in enumerate(("bee", "honey", "winter"))),
    "Größe, naïve, 東京 and an emoji 🐝",
    "a word that no vocabulary has: " + "x" * 300,
    "more than the model reads " * 200,
]


def found(name: str, models: Path) -> EmbeddingModel:
    model = find_embedding_model(name, models)
    assert model is not None
    assert model.graph is not None
    return model


def embedded(model: EmbeddingModel, texts: list[str]) -> list[Embedding]:
    embedder = SentenceEmbedder(model, keep_alive_s=-1)
    try:
        return embedder.embed_documents(texts)
    finally:
        embedder.close()


def vectors(embeddings: list[Embedding]) -> NDArray[np.float32]:
    return np.stack([np.frombuffer(one.vector, dtype="<f4") for one in embeddings])


def reference(folder: Path, texts: list[str]) -> NDArray[np.float32]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return np.asarray(model.encode(texts, show_progress_bar=False), dtype=np.float32)


def cosines(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.asarray((left * right).sum(axis=1) / lengths, dtype=np.float32)


@pytest.mark.models
def test_vectors_of_the_real_weights_are_those_of_sentence_transformers(tmp_path: Path) -> None:
    ours = vectors(embedded(found("all-MiniLM-L6-v2", tmp_path), TEXTS))
    theirs = reference(packaged_model(), TEXTS)
    assert cosines(ours, theirs).min() > 0.99999
    assert np.abs(ours - theirs).max() < 1e-4


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("normalised", [True, False])
def test_pooling_and_length_are_as_the_model_says(
    tmp_path: Path, *, pooling: str, normalised: bool
) -> None:
    folder = a_bert(tmp_path / "tiny", pooling=pooling, normalised=normalised)
    ours = vectors(embedded(found("tiny", tmp_path), TEXTS))
    assert np.allclose(ours, reference(folder, TEXTS), atol=1e-4)


def test_weights_behind_a_link_are_found(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny")
    stored = tmp_path / "stored"
    (folder / "model.safetensors").rename(stored)
    (folder / "model.safetensors").symlink_to(stored)
    assert embedded(found("tiny", tmp_path), ["bee"])[0].tokens == 3


def test_the_graph_is_made_once(tmp_path: Path) -> None:
    a_bert(tmp_path / "tiny")
    model = found("tiny", tmp_path)
    embedded(model, ["bee"])
    assert model.graph is not None
    made = model.graph.stat()
    embedded(found("tiny", tmp_path), ["bee"])
    assert model.graph.stat().st_ino == made.st_ino
    assert list(model.graph.parent.iterdir()) == [model.graph]


def test_a_graph_of_an_older_form_is_left_alone(tmp_path: Path) -> None:
    a_bert(tmp_path / "tiny")
    model = found("tiny", tmp_path)
    assert model.graph is not None
    older = model.graph.with_name(f"{model.graph.stem.rpartition('-')[0]}-1.onnx")
    older.parent.mkdir()
    older.write_bytes(b"a form that nothing reads any more")
    assert embedded(model, ["bee"])[0].tokens == 3
    assert model.graph.is_file()


def test_two_processes_that_make_the_graph_at_once_do_no_harm(tmp_path: Path) -> None:
    a_bert(tmp_path / "tiny")
    model = found("tiny", tmp_path)
    assert model.graph is not None
    script = (
        "import sys; from pathlib import Path; from twind.models.onnx_child import convert;"
        "convert(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, str(model.folder), str(model.graph)]
    started = [subprocess.Popen(command) for _ in range(2)]
    for process in started:
        assert process.wait() == 0
    assert list(model.graph.parent.iterdir()) == [model.graph]


def test_another_architecture_is_run_by_sentence_transformers(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny", pooling="max")
    model = find_embedding_model("tiny", tmp_path)
    assert model is not None
    assert model.graph is None
    ours = vectors(embedded(model, TEXTS))
    assert np.allclose(ours, reference(folder, TEXTS), atol=1e-5)


def test_a_graph_that_is_damaged_is_no_endless_loop(tmp_path: Path) -> None:
    a_bert(tmp_path / "tiny")
    model = found("tiny", tmp_path)
    assert model.graph is not None
    model.graph.parent.mkdir()
    model.graph.write_bytes(b"not a graph")
    with pytest.raises(ModelUnavailable, match="keeps dying"):
        embedded(model, ["bee"])


@pytest.mark.models
def test_the_child_never_loads_torch(tmp_path: Path) -> None:
    model = found("all-MiniLM-L6-v2", tmp_path)
    script = (
        "import sys; from pathlib import Path; from twind.models.onnx_child import Model, convert;"
        "graph = Path(sys.argv[2]); convert(Path(sys.argv[1]), graph);"
        "Model(Path(sys.argv[1]), graph).embed(['bee']);"
        "assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", script, str(model.folder), str(model.graph)]
    subprocess.run(command, check=True)
