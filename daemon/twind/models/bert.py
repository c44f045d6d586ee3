"""Whether a model is a plain BERT in float32, and the sizes of its graph."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twind.models.layout import WEIGHTS, read_object
from twind.models.weights import FLOAT32, Tensor, read_tensors

GRAPH_VERSION = 2
"""Counts the forms of graph that `bert_graph` has made; one of another number is made anew."""

_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings", "LayerNorm")
_DENSE = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bert:
    """A BERT encoder on disk.

    Attributes:
        layers: Number of encoder layers.
        heads: Number of attention heads in a layer.
        hidden: Size of a token's vector.
        epsilon: What keeps the normalisation of a layer from dividing by zero.
        weights: The file of its weights, links followed.
        tensors: Its weights by their names.
    """

    layers: int
    heads: int
    hidden: int
    epsilon: float
    weights: Path
    tensors: Mapping[str, Tensor]


def read_bert(folder: Path) -> Bert | None:
    """Return the encoder in a folder, or None where it is of another kind.

    Raises:
        OSError: A file is missing.
        ValueError: A file does not say what it should.
    """
    config = read_object(folder / "config.json")
    if not _is_plain(config):
        return None
    weights = (folder / WEIGHTS).resolve()
    bert = Bert(
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        hidden=int(config["hidden_size"]),
        epsilon=float(config["layer_norm_eps"]),
        weights=weights,
        tensors=read_tensors(weights),
    )
    complete = all(_is_float32(bert.tensors, name) for name in _names(bert.layers))
    return bert if complete else None


def _is_plain(config: Mapping[str, Any]) -> bool:
    return (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder", False)
    )


def _names(layers: int) -> list[str]:
    names = [f"embeddings.{part}.weight" for part in _EMBEDDINGS] + ["embeddings.LayerNorm.bias"]
    for layer in range(layers):
        for part in (*_DENSE, *_NORMS):
            names += [f"encoder.layer.{layer}.{part}.{kind}" for kind in ("weight", "bias")]
    return names


def _is_float32(tensors: Mapping[str, Tensor], name: str) -> bool:
    return name in tensors and tensors[name].kind == FLOAT32
