"""OpenVINO gives the vectors of ONNX Runtime, tells nobody, and is left where it does not run."""

from contextlib import closing
from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.support.models import a_bert
from tests.support.vectors import TEXTS, cosines, embedded, runnable, vectors
from twind.models.bert import read_bert
from twind.models.bert_graph import build_graph
from twind.models.files import EmbeddingModel
from twind.models.layout import EXPORTED
from twind.models.sentence import SentenceEmbedder

CPU_PLUGIN = "libopenvino_intel_cpu_plugin"


def found(name: str, models: Path) -> EmbeddingModel:
    return runnable(name, models, bfloat16=True)


def libraries_of(model: EmbeddingModel) -> str:
    """Return what is mapped into the memory of a child that has embedded."""
    with closing(SentenceEmbedder(model, keep_alive_s=-1)) as embedder:
        embedder.embed_queries(["bee"])
        return Path(f"/proc/{embedder.child_pid}/maps").read_text()


def a_package(folder: Path, name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a package before those that are installed, for children that are started from now on."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")


@pytest.mark.models
def test_vectors_of_the_real_weights_are_those_of_onnx_runtime(tmp_path: Path) -> None:
    theirs = vectors(embedded(runnable("all-MiniLM-L6-v2", tmp_path, bfloat16=False), TEXTS))
    ours = embedded(found("all-MiniLM-L6-v2", tmp_path), TEXTS)
    near = cosines(vectors(ours), theirs)
    assert near.mean() > 0.9999
    assert near.min() > 0.999


@pytest.mark.models
def test_it_is_openvino_that_runs(tmp_path: Path) -> None:
    libraries = libraries_of(found("all-MiniLM-L6-v2", tmp_path))
    assert CPU_PLUGIN in libraries
    assert "onnxruntime" not in libraries
    assert "libtorch" not in libraries


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("normalised", [True, False])
def test_pooling_and_length_are_as_the_model_says(
    tmp_path: Path, *, pooling: str, normalised: bool
) -> None:
    a_bert(tmp_path / "tiny", pooling=pooling, normalised=normalised)
    ours = vectors(embedded(found("tiny", tmp_path), TEXTS))
    theirs = vectors(embedded(runnable("tiny", tmp_path, bfloat16=False), TEXTS))
    assert cosines(ours, theirs).min() > 0.999
    assert np.allclose(np.linalg.norm(ours, axis=1), np.linalg.norm(theirs, axis=1), rtol=0.01)


def test_a_graph_that_lies_with_the_model_is_run(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny")
    ours = vectors(embedded(found("tiny", tmp_path), TEXTS))
    bert = read_bert(folder)
    assert bert is not None
    graph = build_graph(bert)
    onnx.load_external_data_for_model(graph, str(folder))
    (folder / EXPORTED).parent.mkdir()
    (folder / EXPORTED).write_bytes(graph.SerializeToString())
    (folder / "model.safetensors").unlink()
    model = found("tiny", tmp_path)
    assert model.graph == folder / EXPORTED
    assert CPU_PLUGIN in libraries_of(model)
    assert np.allclose(vectors(embedded(model, TEXTS)), ours, atol=1e-3)


def test_weights_behind_a_link_are_found(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny")
    stored = tmp_path / "stored"
    (folder / "model.safetensors").rename(stored)
    (folder / "model.safetensors").symlink_to(stored)
    assert CPU_PLUGIN in libraries_of(found("tiny", tmp_path))


def test_nothing_that_reports_to_others_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_bert(tmp_path / "tiny")
    trace = tmp_path / "was-imported"
    code = f"from pathlib import Path; Path({str(trace)!r}).touch()"
    a_package(tmp_path / "packages", "openvino_telemetry", code, monkeypatch)
    assert CPU_PLUGIN in libraries_of(found("tiny", tmp_path))
    assert not trace.exists()


@pytest.mark.parametrize("error", ["ImportError('no libopenvino.so')", "RuntimeError('too old')"])
def test_where_openvino_does_not_load_onnx_runtime_runs_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    a_bert(tmp_path / "tiny")
    theirs = embedded(runnable("tiny", tmp_path, bfloat16=False), TEXTS)
    a_package(tmp_path / "packages", "openvino", f"raise {error}", monkeypatch)
    assert embedded(found("tiny", tmp_path), TEXTS) == theirs
