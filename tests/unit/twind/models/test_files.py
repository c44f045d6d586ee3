"""What is found of a model, and what is said when something is missing."""

import shutil
from pathlib import Path

import pytest

from tests.support.models import a_bert, packaged_model
from twind.errors import ModelUnavailable
from twind.models.files import find_embedding_model
from twind.models.published import MINILM_WEIGHTS


def test_none_means_no_model(tmp_path: Path) -> None:
    assert find_embedding_model("none", tmp_path) is None


def test_a_model_that_is_not_here_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no-such-model") as caught:
        find_embedding_model("no-such-model", tmp_path)
    assert caught.value.hint is not None
    assert "twinctl models pull" in caught.value.hint


def test_the_packaged_model_is_known_by_its_weights(tmp_path: Path) -> None:
    model = find_embedding_model("all-MiniLM-L6-v2", tmp_path)
    assert model is not None
    assert model.spec.revision == MINILM_WEIGHTS[:16]
    assert (model.spec.dimension, model.max_tokens) == (384, 256)
    assert model.graph is not None
    assert model.graph.is_relative_to(tmp_path)


def test_a_graph_that_lies_with_the_model_is_used(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(b"a graph")
    model = find_embedding_model("tiny", tmp_path)
    assert model is not None
    assert model.graph == folder / "onnx" / "model.onnx"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("config.json", '"model_type": "bert"', '"model_type": "roberta"'),
        ("config.json", '"hidden_act": "gelu"', '"hidden_act": "relu"'),
        ("1_Pooling/config.json", '"pooling_mode": "mean"', '"pooling_mode": "max"'),
        ("modules.json", "Normalize", "Dense"),
    ],
    ids=["architecture", "activation", "pooling", "modules"],
)
def test_what_has_no_graph_here_is_left_to_sentence_transformers(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    path = a_bert(tmp_path / "tiny") / file
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new))
    model = find_embedding_model("tiny", tmp_path)
    assert model is not None
    assert model.graph is None


def test_weights_that_are_cut_off_are_reported(tmp_path: Path) -> None:
    folder = a_bert(tmp_path / "tiny")
    (folder / "model.safetensors").write_bytes(b"\x10\0\0")
    with pytest.raises(ModelUnavailable, match="too short"):
        find_embedding_model("tiny", tmp_path)


def test_a_folder_without_its_settings_is_reported(tmp_path: Path) -> None:
    shutil.copytree(packaged_model(), tmp_path / "half", ignore=shutil.ignore_patterns("1_*"))
    with pytest.raises(ModelUnavailable, match="cannot be used"):
        find_embedding_model("half", tmp_path)
