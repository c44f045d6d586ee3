"""The child that runs an embedding model through ONNX Runtime, in float32.

See `twind.models.graph_server` for how it is started.
"""

from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from twind.models.graph_server import serve_graph
from twind.models.layout import WEIGHTS
from twind.models.text_model import Ids, Network, Vectors, name_inputs

ERRORS_ONLY = 3
WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"


def open_session(folder: Path, graph: Path) -> Network:
    """Return what runs the graph of the model in a folder, each text on the thread that asks."""
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    holds_weights = graph if graph.is_relative_to(folder) else (folder / WEIGHTS).resolve()
    options.add_session_config_entry(WEIGHTS_FOLDER, str(holds_weights.parent))
    session = InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])
    names = {entry.name for entry in session.get_inputs()}

    def run(ids: Ids) -> Vectors:
        (vectors, *_) = session.run(None, name_inputs(ids, names))
        return np.asarray(vectors[0], dtype=np.float32)

    return run


if __name__ == "__main__":
    serve_graph(open_session)
