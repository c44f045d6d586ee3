"""BERT as an ONNX graph whose weights stay where they are, in the safetensors file.

The graph follows Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2019):
embeddings of word, position and segment, then layers of attention and of a feed-forward network,
each added to its input and normalised. It is made in a child process only, since it needs `onnx`.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper

from twind.models.bert import Bert

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "last_hidden_state"
OPSET = 20
IR_VERSION = 9
MASKED = -1e9
"""What is added to the score of a token that is padding; its share is zero after softmax."""


def write_graph(bert: Bert, path: Path) -> None:
    """Write the graph to a file; who looks for it meanwhile finds nothing or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(build_graph(bert).SerializeToString())
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)


def build_graph(bert: Bert) -> ModelProto:
    """Return the graph from token ids, (texts, tokens), to vectors, (texts, tokens, hidden)."""
    graph = _Graph(bert)
    mask = _mask(graph)
    vectors = _embeddings(graph)
    for layer in range(bert.layers):
        vectors = _layer(graph, vectors, mask, f"encoder.layer.{layer}.")
    graph.nodes.append(helper.make_node("Identity", [vectors], [OUTPUT]))
    sizes = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, sizes) for name in INPUTS]
    output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [*sizes, bert.hidden])
    return helper.make_model(
        helper.make_graph(graph.nodes, "bert", inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )


def _mask(graph: "_Graph") -> str:
    """Add what scores are raised by, (texts, 1, 1, tokens): 0 for a token, much less for none."""
    is_token = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    is_padding = graph.add("Sub", graph.number("one", 1.0), is_token)
    raised = graph.add("Mul", is_padding, graph.number("masked", MASKED))
    return graph.add("Unsqueeze", raised, graph.sizes("between", [1, 2]))


def _embeddings(graph: "_Graph") -> str:
    words, positions, segments = (
        graph.weight(f"embeddings.{kind}_embeddings.weight")
        for kind in ("word", "position", "token_type")
    )
    first, length = graph.sizes("first", [0]), graph.add("Shape", "input_ids", start=1, end=2)
    of_words = graph.add("Gather", words, "input_ids")
    of_segments = graph.add("Gather", segments, "token_type_ids")
    of_positions = graph.add("Slice", positions, first, length, first)
    total = graph.add("Add", graph.add("Add", of_words, of_segments), of_positions)
    return _normalised(graph, total, "embeddings.LayerNorm")


def _layer(graph: "_Graph", vectors: str, mask: str, name: str) -> str:
    context = _attention(graph, vectors, mask, f"{name}attention.self.")
    attended = _dense(graph, context, f"{name}attention.output.dense")
    total = graph.add("Add", attended, vectors)
    vectors = _normalised(graph, total, f"{name}attention.output.LayerNorm")
    inner = graph.add("Gelu", _dense(graph, vectors, f"{name}intermediate.dense"))
    total = graph.add("Add", _dense(graph, inner, f"{name}output.dense"), vectors)
    return _normalised(graph, total, f"{name}output.LayerNorm")


def _attention(graph: "_Graph", vectors: str, mask: str, name: str) -> str:
    bert = graph.bert
    by_head = graph.sizes(f"{name}by_head", [0, 0, bert.heads, bert.hidden // bert.heads])
    together = graph.sizes(f"{name}together", [0, 0, bert.hidden])

    def heads(part: str, axes: list[int]) -> str:
        split = graph.add("Reshape", _dense(graph, vectors, name + part), by_head)
        return graph.add("Transpose", split, perm=axes)

    scale = graph.number(f"{name}scale", (bert.hidden // bert.heads) ** -0.5)
    scores = graph.add("MatMul", heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]))
    scores = graph.add("Add", graph.add("Mul", scores, scale), mask)
    shares = graph.add("Softmax", scores, axis=-1)
    mixed = graph.add("MatMul", shares, heads("value", [0, 2, 1, 3]))
    return graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), together)


def _dense(graph: "_Graph", vectors: str, name: str) -> str:
    weight, bias = graph.pair(name)
    turned = graph.add("Transpose", weight, perm=[1, 0])
    return graph.add("Add", graph.add("MatMul", vectors, turned), bias)


def _normalised(graph: "_Graph", vectors: str, name: str) -> str:
    epsilon = graph.bert.epsilon
    return graph.add("LayerNormalization", vectors, *graph.pair(name), axis=-1, epsilon=epsilon)


class _Graph:
    """Nodes and constants as they are added; values are called by the names of their nodes."""

    def __init__(self, bert: Bert) -> None:
        self.bert = bert
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add a node and return the name of its value."""
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def pair(self, name: str) -> tuple[str, str]:
        """Add weight and bias of a part of the model."""
        return self.weight(f"{name}.weight"), self.weight(f"{name}.bias")

    def weight(self, name: str) -> str:
        """Add a tensor of the model by the place where it lies in the file."""
        tensor = self.bert.tensors[name]
        proto = TensorProto(
            name=name,
            data_type=TensorProto.FLOAT,
            dims=tensor.shape,
            data_location=TensorProto.EXTERNAL,
        )
        place = {
            "location": self.bert.weights.name,
            "offset": tensor.offset,
            "length": tensor.size_bytes,
        }
        for key, value in place.items():
            proto.external_data.add(key=key, value=str(value))
        return self._constant(proto)

    def sizes(self, name: str, values: list[int]) -> str:
        """Add a list of whole numbers."""
        return self._constant(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))

    def number(self, name: str, value: float) -> str:
        """Add a number."""
        return self._constant(helper.make_tensor(name, TensorProto.FLOAT, [], [value]))

    def _constant(self, constant: TensorProto) -> str:
        self.constants.append(constant)
        return str(constant.name)
