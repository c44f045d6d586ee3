"""The embedding of real chunks: ours beside sentence-transformers as it comes."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from running import EMBEDDING

from twinctl.paths import find_home
from twind.domain.chunks import embedding_text
from twind.ingest.extraction import Extraction, ExtractionLimits
from twind.models.files import EmbeddingModel, find_embedding_model
from twind.models.sentence import SentenceEmbedder

ROUNDS = 5
STARTS = 3
MOST_CHUNKS = 200
LIMITS = ExtractionLimits(timeout_s=60, memory_bytes=1 << 31)
SAMPLES = Path(__file__).parent.parent / "docs" / "samples"
RUNTIMES = {
    "libopenvino_intel_cpu_plugin": "OpenVINO, bfloat16",
    "onnxruntime": "ONNX Runtime, float32",
    "libtorch": "sentence-transformers, float32",
}

Vectors = NDArray[np.float32]


def embed(home: Path, folder: Path | None) -> dict[str, float | str]:
    """Embedding of real chunks by sentence-transformers and by what the daemon runs, in turn."""
    from sentence_transformers import SentenceTransformer

    model = find_embedding_model(EMBEDDING, find_home(str(home)).models)
    if model is None:
        raise SystemExit("error: no embedding model is wanted")
    texts = _chunks(model, folder or SAMPLES)
    plain = SentenceTransformer(str(model.folder), device="cpu", local_files_only=True)
    with _running(model) as embedder:
        taken, vectors = _alternate(
            {
                "plain": lambda: np.asarray(plain.encode(texts, show_progress_bar=False)),
                "ours": lambda: _embedded(embedder, texts),
            }
        )
        runtime, resident_mb = _runtime(embedder.child_pid), _resident_mb(embedder.child_pid)
    cosines = (vectors["plain"] * vectors["ours"]).sum(axis=1)
    return {
        "ours_runs_in": runtime,
        "chunks": len(texts),
        "plain_chunks_per_s": len(texts) / taken["plain"],
        "ours_chunks_per_s": len(texts) / taken["ours"],
        "ours_over_plain": taken["plain"] / taken["ours"],
        "cosine_mean": float(cosines.mean()),
        "cosine_min": float(cosines.min()),
        "first_vector_s": _first_vector_s(model),
        "plain_first_vector_s": _first_vector_s(replace(model, graph=None)),
        "child_mb": resident_mb,
    }


def _chunks(model: EmbeddingModel, folder: Path) -> list[str]:
    """Return different texts as the daemon would embed them, from the files of a folder."""
    texts: dict[str, None] = {}
    with closing(
        Extraction(LIMITS, tokenizer=model.tokenizer, max_tokens=model.max_tokens)
    ) as extraction:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            read = extraction.extract(path, name=path.name, title=None)
            texts |= dict.fromkeys(embedding_text(read.title, chunk) for chunk in read.chunks)
    return list(texts)[:MOST_CHUNKS]


@contextmanager
def _running(model: EmbeddingModel) -> Iterator[SentenceEmbedder]:
    with closing(SentenceEmbedder(model, keep_alive_s=-1)) as embedder:
        embedder.embed_queries(["warm"])
        yield embedder


def _embedded(embedder: SentenceEmbedder, texts: Sequence[str]) -> Vectors:
    made = embedder.embed_documents(texts)
    return np.stack([np.frombuffer(one.vector, dtype="<f4") for one in made])


def _alternate(
    tasks: dict[str, Callable[[], Vectors]],
) -> tuple[dict[str, float], dict[str, Vectors]]:
    """Run the tasks in turn; return the median time of each in seconds, and what it made."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    made: dict[str, Vectors] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            began = time.perf_counter()
            made[name] = task()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}, made


def _first_vector_s(model: EmbeddingModel) -> float:
    """Return the median time from starting a child to the vector of a question."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        with _running(model):
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def _runtime(pid: int | None) -> str:
    """Return what a child runs, by the libraries that it has loaded."""
    maps = Path(f"/proc/{pid}/maps")
    loaded = maps.read_text() if maps.exists() else ""
    return next((name for library, name in RUNTIMES.items() if library in loaded), "unknown")


def _resident_mb(pid: int | None) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024
