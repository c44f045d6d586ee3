"""The child that runs an embedding model through ONNX Runtime.

Started as `python -m twind.models.onnx_child FOLDER GRAPH`: the folder of the model, and its ONNX
file, which is made from the weights if it is not there. A request's header is `{"texts": [...]}`,
the answer's `{"tokens": [...]}`, the number of tokens of each text without special ones, and its
payload the vectors one behind the other, float32 little endian.
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from twind.models.bert import read_bert
from twind.models.layout import FIRST, WEIGHTS, read_layout
from twind.processes.serve import serve

ERRORS_ONLY = 3
WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"

Vectors = NDArray[np.float32]


class Model:
    """A model of the form of sentence-transformers over an ONNX session.

    Each text runs alone on one thread: nothing is padding, and no thread waits for another in the
    middle of a text, which costs more than half of the speed when they sleep and takes the
    processor from the daemon when they spin.
    """

    def __init__(self, folder: Path, graph: Path) -> None:
        self._layout = read_layout(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._layout.max_tokens)
        self._tokenizer.no_padding()
        self._session = _open(folder, graph)
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        self._threads = ThreadPoolExecutor(os.cpu_count())

    def embed(self, texts: Sequence[str]) -> tuple[Vectors, list[int]]:
        """Return vectors, (texts, dimension), and how many tokens each text was cut into."""
        cut = self._tokenizer.encode_batch(list(texts))
        vectors = np.stack(list(self._threads.map(self._run, cut)))
        return vectors, [_count(encoding) for encoding in cut]

    def _run(self, text: Encoding) -> Vectors:
        ids = np.array([text.ids], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (vectors, *_) = self._session.run(
            None, {name: array for name, array in given.items() if name in self._inputs}
        )
        return self._pool(vectors[0])

    def _pool(self, vectors: Vectors) -> Vectors:
        """Join the vectors of tokens, (tokens, dimension), into that of the text."""
        pooled: Vectors = vectors[0] if self._layout.pooling == FIRST else vectors.mean(axis=0)
        if self._layout.normalised:
            pooled /= np.linalg.norm(pooled)
        return pooled


def _count(encoding: Encoding) -> int:
    parts = (encoding, *encoding.overflowing)
    return sum(len(part) - sum(part.special_tokens_mask) for part in parts)


def _open(folder: Path, graph: Path) -> InferenceSession:
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    holds_weights = graph if graph.is_relative_to(folder) else (folder / WEIGHTS).resolve()
    options.add_session_config_entry(WEIGHTS_FOLDER, str(holds_weights.parent))
    return InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])


def main() -> None:
    """Load the model, then answer requests until the daemon goes away."""
    folder, graph = Path(sys.argv[1]), Path(sys.argv[2])
    if not graph.exists():
        convert(folder, graph)
    model = Model(folder, graph)

    def embed(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        vectors, tokens = model.embed(header["texts"])
        return {"tokens": tokens}, vectors.astype("<f4").tobytes()

    serve(embed)


def convert(folder: Path, graph: Path) -> None:
    """Make the ONNX file of a model."""
    from twind.models.bert_graph import write_graph

    bert = read_bert(folder)
    if bert is None:
        sys.exit(f"the model in {folder} has no graph of its own and is no plain BERT")
    write_graph(bert, graph)


if __name__ == "__main__":
    main()
