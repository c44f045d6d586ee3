"""The child that runs an embedding model through ONNX Runtime.

Started as `python -m twind.models.onnx_child FOLDER GRAPH`: the folder of the model, and its ONNX
file, which is made from the weights if it is not there. See `twind.models.text_server` for what it
is asked.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from twind.models.base import Embedding
from twind.models.bert import read_bert
from twind.models.layout import FIRST, WEIGHTS, read_layout
from twind.models.text_server import Embed, serve_texts

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

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """Return an embedding a text."""
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> Embedding:
        encoding = self._tokenizer.encode(text)
        vector = self._pool(self._run(encoding))
        return Embedding(vector=vector.astype("<f4").tobytes(), tokens=_count(encoding))

    def _run(self, text: Encoding) -> Vectors:
        """Return the vectors of the tokens, (tokens, dimension)."""
        ids = np.array([text.ids], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (vectors, *_) = self._session.run(
            None, {name: array for name, array in given.items() if name in self._inputs}
        )
        return np.asarray(vectors[0], dtype=np.float32)

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
    """Load the model and answer requests until the daemon goes away."""
    folder, graph = Path(sys.argv[1]), Path(sys.argv[2])

    def load() -> Embed:
        if not graph.exists():
            convert(folder, graph)
        return Model(folder, graph).embed

    serve_texts(load, threads=os.cpu_count() or 1, at_once=1)


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


if __name__ == "__main__":
    main()
