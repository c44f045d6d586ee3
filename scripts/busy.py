"""How long a search takes while a folder is ingested, beside one in an idle daemon."""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from invented import questions
from running import EMBEDDING, running_daemon

from twinctl.client.client import TwinClient
from twinctl.paths import find_home
from twinctl.wire.search import SearchIn
from twinctl.wire.sources import FileIn
from twind.models.registry import EmbedderRegistry

TWIN = "default"
FILES = 300
SENTENCES = 60
SEARCHES = 200
REPEATS = 40

Figures = dict[str, float]


def busy(home: Path, folder: Path | None) -> Figures:
    """Searches in an idle daemon, searches during a bulk ingest, and a text a processor alone."""
    paths = sorted((folder or _invented(home / "bulk")).iterdir())
    asked = iter(questions(100 * SEARCHES))
    with running_daemon(home) as client:
        _searched(client, "warm")
        idle = [_searched(client, next(asked)) for _ in range(SEARCHES)]
        for path in paths:
            client.ingest_file(TWIN, FileIn(path=str(path.resolve())))
        during = [_searched(client, next(asked)) for _ in _while_busy(client)]
    texts_s = _texts_s(home)
    return {
        "files": len(paths),
        **_percentiles("idle", idle),
        "searches_during": len(during),
        **_percentiles("during", during),
        "text_a_processor_ms": 1000 * texts_s,
        "during_p95_over_allowed": _p95(during) / (2 * _p95(idle) + texts_s),
    }


def _while_busy(client: TwinClient) -> Iterator[None]:
    """Yield as long as there is work, but not for ever."""
    for _ in range(SEARCHES):
        if not (any(client.jobs(status="queued")) or any(client.jobs(status="running"))):
            return
        yield


def _searched(client: TwinClient, question: str) -> float:
    began = time.perf_counter()
    client.search(TWIN, SearchIn(query=question))
    return time.perf_counter() - began


def _texts_s(home: Path) -> float:
    """Return the median seconds of a text on every processor, which a question may wait for."""
    registry = EmbedderRegistry(EMBEDDING, find_home(str(home)).models, keep_alive_s=-1)
    embedder = registry.current
    if embedder is None:
        raise SystemExit(f"error: {registry.problem}")
    texts = [" ".join(questions(SENTENCES)[at : at + 20]) for at in range(os.cpu_count() or 1)]
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        embedder.embed_documents(texts)
        taken.append(time.perf_counter() - began)
    registry.close()
    return statistics.median(taken)


def _percentiles(name: str, seconds: Sequence[float]) -> Figures:
    return {
        f"{name}_p50_ms": 1000 * statistics.median(seconds),
        f"{name}_p95_ms": 1000 * _p95(seconds),
    }


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _invented(folder: Path) -> Path:
    folder.mkdir(parents=True)
    sentences = questions(FILES * SENTENCES)
    for number in range(FILES):
        part = sentences[number * SENTENCES : (number + 1) * SENTENCES]
        text = "\n\n".join(". ".join(part[at : at + 10]) + "." for at in range(0, SENTENCES, 10))
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    return folder
