"""A child whose network must not be run by a second thread before its first run is over."""

import threading
from pathlib import Path

import numpy as np

from twind.models.graph_server import serve_graph
from twind.models.text_model import Ids, Network, Vectors

ALONE_S = 0.5


def open_network(folder: Path, graph: Path) -> Network:
    """Return what breaks, and the process with it, where two runs are the first."""
    first, comes_another, is_set_up = threading.Lock(), threading.Event(), threading.Event()

    def run(ids: Ids) -> Vectors:
        if not is_set_up.is_set():
            if not first.acquire(blocking=False):
                comes_another.set()
                raise RuntimeError("two threads run the network for the first time")
            comes_another.wait(ALONE_S)
            is_set_up.set()
        return np.ones((ids.shape[1], 4), dtype=np.float32)

    return run


if __name__ == "__main__":
    serve_graph(open_network)
