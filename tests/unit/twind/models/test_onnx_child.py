"""The graph gives the vectors that sentence-transformers gives."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.models import a_bert, packaged_model
from tests.support.vectors import TEXTS, cosines, embedded, runnable, vectors
from twind.errors import ModelUnavailable
from twind.models.files import EmbeddingModel, find_embedding_model


def found(name: str, models: Path) -> EmbeddingModel:
    return runnable(name, models, bfloat16=False)


def reference(folder: Path, texts: list[str]) -> NDArray[np.float32]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return np.asarray(model.encode(texts, show_progress_bar=False), dtype=np.float32)


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
        "import sys; from pathlib import Path; from twind.models.graph_server import convert;"
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
        "import sys; from pathlib import Path;"
        "from twind.models.graph_server import convert;"
        "from twind.models.onnx_child import open_session;"
        "from twind.models.text_model import TextModel;"
        "folder, graph = Path(sys.argv[1]), Path(sys.argv[2]); convert(folder, graph);"
        "TextModel(folder, open_session(folder, graph)).embed(['bee']);"
        "assert not {'torch', 'transformers'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", script, str(model.folder), str(model.graph)]
    subprocess.run(command, check=True)
