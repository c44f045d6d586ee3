"""BERT as an ONNX graph whose weights stay where they are, in the safetensors file.

The graph follows Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2019):
embeddings of word, position and segment, then layers of attention and of a feed-forward network,
each added to its input and normalised. Texts of a batch are equally long: nothing is padding, so
there is no mask, and all of a text is its first segment. The graph is made in a child process
only, since it needs `onnx`.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper

from twind.models.bert import Bert

INPUT = "input_ids"
OUTPUT = "last_hidden_state"
OPSET = 20
IR_VERSION = 9


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
    size = graph.add("Shape", INPUT)
    vectors = graph.add("Reshape", _embeddings(graph), graph.sizes("rows", [-1, bert.hidden]))
    for layer in range(bert.layers):
        vectors = _layer(graph, vectors, size, f"encoder.layer.{layer}.")
    by_text = graph.add("Concat", size, graph.sizes("hidden", [bert.hidden]), axis=0)
    graph.nodes.append(helper.make_node("Reshape", [vectors, by_text], [OUTPUT]))
    sizes = ["texts", "tokens"]
    ids = helper.make_tensor_value_info(INPUT, TensorProto.INT64, sizes)
    output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [*sizes, bert.hidden])
    return helper.make_model(
        helper.make_graph(graph.nodes, "bert", [ids], [output], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )


def _embeddings(graph: "_Graph") -> str:
    words, positions, segments = (
        graph.weight(f"embeddings.{kind}_embeddings.weight")
        for kind in ("word", "position", "token_type")
    )
    first, second = graph.sizes("first", [0]), graph.sizes("second", [1])
    length = graph.add("Shape", INPUT, start=1, end=2)
    segment = graph.add("Slice", segments, first, second, first)
    places = graph.add("Add", graph.add("Slice", positions, first, length, first), segment)
    total = graph.add("Add", graph.add("Gather", words, INPUT), places)
    return _normalised(graph, total, "embeddings.LayerNorm")


def _layer(graph: "_Graph", vectors: str, size: str, name: str) -> str:
    """Add a layer over all tokens; `size` is the number of texts and of the tokens of each."""
    context = _attention(graph, vectors, size, f"{name}attention.self.")
    attended = _dense(graph, context, f"{name}attention.output.dense")
    total = graph.add("Add", attended, vectors)
    vectors = _normalised(graph, total, f"{name}attention.output.LayerNorm")
    inner = graph.add("Gelu", _dense(graph, vectors, f"{name}intermediate.dense"))
    total = graph.add("Add", _dense(graph, inner, f"{name}output.dense"), vectors)
    return _normalised(graph, total, f"{name}output.LayerNorm")


def _attention(graph: "_Graph", vectors: str, size: str, name: str) -> str:
    bert = graph.bert
    split = graph.sizes(f"{name}split", [bert.heads, bert.hidden // bert.heads])
    by_head = graph.add("Concat", size, split, axis=0)

    def heads(part: str, axes: list[int]) -> str:
        shaped = graph.add("Reshape", _dense(graph, vectors, name + part), by_head)
        return graph.add("Transpose", shaped, perm=axes)

    scale = graph.number(f"{name}scale", (bert.hidden // bert.heads) ** -0.5)
    scores = graph.add("MatMul", heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]))
    shares = graph.add("Softmax", graph.add("Mul", scores, scale), axis=-1)
    mixed = graph.add("MatMul", shares, heads("value", [0, 2, 1, 3]))
    together = graph.sizes(f"{name}together", [-1, bert.hidden])
    return graph.add("Reshape", graph.add("Transpose", mixed, perm=[0, 2, 1, 3]), together)


def _dense(graph: "_Graph", vectors: str, name: str) -> str:
    return graph.add("Gemm", vectors, *graph.pair(name), transB=1)


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
