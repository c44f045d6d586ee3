"""A graph of ours as OpenVINO reads it, its weights where they lie: in the safetensors file.

OpenVINO reads no weights from outside the folder of the graph, and weights that are copied into
the graph are in memory thrice. So they become inputs of the graph, and these constants over the
mapped file.
"""

import mmap
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from openvino import Core, Model
from openvino.op import Constant

from twind.models.weights import read_tensors


class MappedWeights:
    """The tensors of a safetensors file in float32, read from it when they are looked at."""

    def __init__(self, path: Path) -> None:
        self._tensors = read_tensors(path)
        with path.open("rb") as file:
            # OpenVINO wants memory that can be written; what is written never reaches the file.
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        tensor = self._tensors[name]
        numbers = np.frombuffer(
            self._mapped, "<f4", count=tensor.size_bytes // 4, offset=tensor.offset
        )
        return numbers.reshape(tensor.shape)

    def give_back(self) -> None:
        """Free the memory of what was looked at; what is looked at again is read again."""
        self._mapped.madvise(mmap.MADV_DONTNEED)


def read_graph(core: Core, path: Path, weights: MappedWeights) -> Model:
    """Read a graph whose weights lie in another folder.

    Raises:
        RuntimeError: OpenVINO does not know the graph.
    """
    proto = onnx.load(path, load_external_data=False)
    outside = _take_outside(proto.graph)
    model = core.read_model(BytesIO(proto.SerializeToString()))
    for parameter in model.get_parameters():
        name = parameter.output(0).any_name
        if name in outside:
            constant = Constant(weights[name], shared_memory=True)
            parameter.output(0).replace(constant.output(0))
            model.remove_parameter(parameter)
    return model


def _take_outside(graph: onnx.GraphProto) -> set[str]:
    """Turn constants that lie outside into inputs; return their names."""
    kept, outside = [], set()
    for constant in graph.initializer:
        if constant.data_location == TensorProto.EXTERNAL:
            value = helper.make_tensor_value_info(
                constant.name, constant.data_type, list(constant.dims)
            )
            graph.input.append(value)
            outside.add(constant.name)
        else:
            kept.append(constant)
    del graph.initializer[:]
    graph.initializer.extend(kept)
    return outside
