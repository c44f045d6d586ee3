"""The child that runs an embedding model through OpenVINO, in bfloat16.

See `twind.models.graph_server` for how it is started. Where OpenVINO does not load or does not run
the graph, ONNX Runtime does.
"""

import logging
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np

from twind.models.graph_server import THREADS, serve_graph
from twind.models.layout import WEIGHTS
from twind.models.text_model import Ids, Network, Vectors, name_inputs

log = logging.getLogger(__name__)

PROPERTIES = {
    "INFERENCE_PRECISION_HINT": "bf16",
    "NUM_STREAMS": str(THREADS),
    "INFERENCE_NUM_THREADS": str(THREADS),
}
"""A text runs on one thread, as many at once as there are processors."""
REPORTING = ("openvino.tools.ovc", "openvino_telemetry")
"""Importing OpenVINO imports the first, its converter, which sends an event to an analytics
service by the second. OpenVINO does without either where it cannot be imported."""


def open_network(folder: Path, graph: Path) -> Network:
    """Return what runs the graph of the model in a folder: OpenVINO, or else ONNX Runtime."""
    try:
        return open_compiled(folder, graph)
    except (ImportError, RuntimeError) as error:
        log.warning("OpenVINO does not run the model, so ONNX Runtime does: %s", error)
    from twind.models.onnx_child import open_session

    return open_session(folder, graph)


def open_compiled(folder: Path, graph: Path) -> Network:
    """Return OpenVINO running the graph; in bfloat16 where the processor can at all.

    Raises:
        ImportError: There is no OpenVINO, or parts of it are missing.
        RuntimeError: It does not run this graph.
    """
    sys.modules.update(dict.fromkeys(REPORTING))  # type: ignore[arg-type]
    from openvino import Core

    from twind.models.mapped_graph import MappedWeights, read_graph

    core = Core()
    if graph.is_relative_to(folder):
        compiled = core.compile_model(core.read_model(graph), "CPU", PROPERTIES)
    else:
        weights = MappedWeights((folder / WEIGHTS).resolve())
        compiled = core.compile_model(read_graph(core, graph, weights), "CPU", PROPERTIES)
        weights.give_back()
    names = {entry.any_name for entry in compiled.inputs}
    idle = SimpleQueue[Any]()
    for _ in range(THREADS):
        idle.put(compiled.create_infer_request())

    def run(ids: Ids) -> Vectors:
        request = idle.get()
        vectors = request.infer(name_inputs(ids, names))[0]
        idle.put(request)
        return np.asarray(vectors[0], dtype=np.float32)

    return run


if __name__ == "__main__":
    serve_graph(open_network)
