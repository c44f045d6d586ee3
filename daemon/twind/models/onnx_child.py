"""The child that runs an embedding model through ONNX Runtime.

Started as `python -m twind.models.onnx_child FOLDER GRAPH`: the folder of the model, and its ONNX
file, which is made from the weights if it is not there. A request's header is `{"texts": [...]}`,
the answer's `{"tokens": [...]}`, the number of tokens of each text without special ones, and its
payload the vectors one behind the other, float32 little endian.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Encoding, Tokenizer

from twind.models.bert import read_bert
from twind.models.layout import FIRST, WEIGHTS, read_layout
from twind.processes.serve import serve

BATCH_TOKENS = 256
"""Room of what is run at once, in tokens: short texts together, long ones alone, so that little is
padding and what a batch needs stays in the processor's cache."""
ERRORS_ONLY = 3
SPINNING = "session.intra_op.allow_spinning"
"""Threads that wait sleep; spinning, they take the processor from each other and from the daemon
whenever the machine is busy."""
WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"

Vectors = NDArray[np.float32]


class Model:
    """A model of the form of sentence-transformers over an ONNX session."""

    def __init__(self, folder: Path, graph: Path) -> None:
        self._layout = read_layout(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._layout.max_tokens)
        self._tokenizer.no_padding()
        self._session = _open(folder, graph)
        self._inputs = {entry.name for entry in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> tuple[Vectors, list[int]]:
        """Return vectors, (texts, dimension), and how many tokens each text was cut into."""
        cut = self._tokenizer.encode_batch(list(texts))
        vectors = np.empty((len(cut), self._layout.dimension), dtype=np.float32)
        for places in _batches([len(encoding) for encoding in cut]):
            vectors[places] = self._run([cut[place] for place in places])
        return vectors, [_count(encoding) for encoding in cut]

    def _run(self, batch: Sequence[Encoding]) -> Vectors:
        longest = max(len(encoding) for encoding in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(batch):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (vectors, *_) = self._session.run(
            None, {name: array for name, array in given.items() if name in self._inputs}
        )
        return self._pool(vectors, mask)

    def _pool(self, vectors: Vectors, mask: NDArray[np.int64]) -> Vectors:
        """Join the vectors of tokens, (texts, tokens, dimension), into one a text."""
        if self._layout.pooling == FIRST:
            pooled = vectors[:, 0]
        else:
            weights = mask[:, :, np.newaxis].astype(np.float32)
            pooled = (vectors * weights).sum(axis=1) / weights.sum(axis=1)
        if self._layout.normalised:
            pooled = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return pooled.astype(np.float32)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts of like length that are run at once."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and (len(batches[-1]) + 1) * lengths[place] <= BATCH_TOKENS:
            batches[-1].append(place)
        else:
            batches.append([place])
    return batches


def _count(encoding: Encoding) -> int:
    parts = (encoding, *encoding.overflowing)
    return sum(len(part) - sum(part.special_tokens_mask) for part in parts)


def _open(folder: Path, graph: Path) -> InferenceSession:
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry(SPINNING, "0")
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
