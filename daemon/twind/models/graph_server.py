"""The side of a child that runs an ONNX graph, whatever runs it.

Such a child is started as `python -m MODULE FOLDER GRAPH`: the folder of the model, and its ONNX
file, which is made from the weights if it is not there. See `twind.models.text_server` for what it
is asked.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from twind.models.bert import read_bert
from twind.models.text_model import Network, TextModel
from twind.models.text_server import Embed, serve_texts

THREADS = os.cpu_count() or 1
"""Texts that are embedded at the same time."""


def serve_graph(open_network: Callable[[Path, Path], Network]) -> None:
    """Load the model and answer requests until the daemon goes away.

    A first text is run before there are threads: what stands between Python and the network sets
    itself up with it, and where two threads do that at once, each waits for the other for ever.

    Args:
        open_network: Returns what runs the graph, given the folder of the model and the graph.
    """
    folder, graph = Path(sys.argv[1]), Path(sys.argv[2])

    def load() -> Embed:
        if not graph.exists():
            convert(folder, graph)
        embed = TextModel(folder, open_network(folder, graph)).embed
        embed([""])
        return embed

    serve_texts(load, threads=THREADS, at_once=1)


def convert(folder: Path, graph: Path) -> None:
    """Make the ONNX file of a model.

    Raises:
        ValueError: The model is of another kind.
    """
    from twind.models.bert_graph import write_graph

    bert = read_bert(folder)
    if bert is None:
        raise ValueError(f"the model in {folder} has no graph of its own and is no plain BERT")
    write_graph(bert, graph)
