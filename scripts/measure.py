"""Measure this machine: what starting, searching and ingesting cost, and what the daemon weighs.

Figures that are compared come from one run and alternate where they can, because machines are
shared and noisy: read the ratios.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from asked import audience
from busy import busy
from embedded import embed
from guessed import guess
from invented import fill, questions
from rich.console import Console
from rich.table import Table
from running import EMBEDDING, ensure_twin, ingest, running_daemon, twinctl
from visited import visit
from watched import watch
from written import write

from twinctl.client.client import TwinClient
from twinctl.paths import find_home
from twinctl.wire.answers import ChatIn
from twinctl.wire.search import SearchIn
from twinctl.wire.system import Status
from twind.domain.chunks import Chunk, embedding_text
from twind.domain.sources import Timings
from twind.domain.twins import DEFAULT_TENANT
from twind.models.base import Embedder
from twind.models.registry import EmbedderRegistry
from twind.store.store import Store

ROUNDS = 15
QUESTIONS = 200
CHUNKS = 10_000
TWIN = "default"
SAMPLES = Path(__file__).parent.parent / "docs" / "samples"

Figures = dict[str, float]


def startup(home: Path, _: Path | None) -> Figures:
    """How long commands take beside an interpreter that does nothing."""
    with running_daemon(home):
        taken = alternate(
            {
                "nothing": _command(home, "-c", "pass"),
                "help": _command(home, "-m", "twinctl", "--help"),
                "status": _command(home, "-m", "twinctl", "status"),
            },
            rounds=ROUNDS,
        )
    return {
        **{f"{name}_ms": one for name, one in taken.items()},
        "help_over_nothing_ms": taken["help"] - taken["nothing"],
        "status_over_nothing_ms": taken["status"] - taken["nothing"],
    }


def search(home: Path, _: Path | None) -> Figures:
    """A warm search over 10,000 invented chunks beside embedding its question alone."""
    embedder = _embedder(home)
    fill(home, CHUNKS, embedder.spec)
    asked = questions(QUESTIONS)
    turns = {"search": iter(asked), "embed": iter(asked)}
    with running_daemon(home) as client:
        _search(client, "warm")
        embedder.embed_queries(["warm"])
        taken = alternate(
            {
                "search": lambda: _search(client, next(turns["search"])),
                "embed": lambda: embedder.embed_queries([next(turns["embed"])]),
            },
            rounds=QUESTIONS,
        )
    return {
        "search_p50_ms": taken["search"],
        "embed_p50_ms": taken["embed"],
        "search_over_embed": taken["search"] / taken["embed"],
    }


def throughput(home: Path, folder: Path | None) -> Figures:
    """Ingest of a folder beside the embedding model over the same chunks, both warm."""
    files = sorted(path for path in (folder or SAMPLES).iterdir() if path.is_file())
    with running_daemon(home) as client:
        ensure_twin(client, "warm")
        ingest(client, "warm", sorted(SAMPLES.iterdir())[:1])
        began = time.perf_counter()
        sources = ingest(client, TWIN, files)
        ingested_s = time.perf_counter() - began
    ids = [source.id for source in sources]
    texts, timings = _embedding_texts(home, ids), _timings(home, ids)
    embedder = _embedder(home)
    embedder.embed_documents(texts[:1])
    began = time.perf_counter()
    embedder.embed_documents(texts)
    embedded_s = time.perf_counter() - began
    return {
        "files": len(files),
        "chunks": len(texts),
        "ingest_chunks_per_s": len(texts) / ingested_s,
        "embed_chunks_per_s": len(texts) / embedded_s,
        "ingest_over_embed": embedded_s / ingested_s,
        "share_besides_embedding": 1 - embedded_s / ingested_s,
        "fetch_ms_a_file": 1000 * statistics.mean(one.fetch_s for one in timings),
        "read_ms_a_file": 1000 * statistics.mean(one.read_s for one in timings),
        "embed_and_wait_ms_a_file": 1000 * statistics.mean(one.embed_s for one in timings),
    }


def memory(home: Path, _: Path | None) -> Figures:
    """Resident memory of the daemon: just started, and after it has ingested and answered."""
    with running_daemon(home) as client:
        idle = _resident_mb(home)
        ingest(client, TWIN, sorted(SAMPLES.iterdir()))
        client.answer(TWIN, ChatIn(message="How wide are the footings of a wall?"))
        return {"idle_mb": idle, "after_work_mb": _resident_mb(home)}


MEASURES: dict[str, Callable[[Path, Path | None], Mapping[str, float | str]]] = {
    "startup": startup,
    "search": search,
    "ingest": throughput,
    "embed": embed,
    "memory": memory,
    "watch": watch,
    "busy": busy,
    "generate": write,
    "public": visit,
    "audience": audience,
    "guess": guess,
}


def main() -> None:
    """Take one measure, write it down and show it."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("measure", choices=MEASURES)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="what `ingest`, `embed` and `busy` read"
    )
    parser.add_argument("--out", type=Path, default=Path(".bench"), help="folder of the results")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="twinctl-bench-") as home:
        figures = MEASURES[given.measure](Path(home), given.folder)
    given.out.mkdir(parents=True, exist_ok=True)
    path = given.out / f"{given.measure}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    table = Table("figure", "value", title=MEASURES[given.measure].__doc__, title_justify="left")
    for name, value in figures.items():
        table.add_row(name, value if isinstance(value, str) else _number(value))
    Console().print(table, f"written to {path}")


def _number(value: float) -> str:
    return f"{value:,.{2 if abs(value) > 1 else 5}f}"


def alternate(tasks: Mapping[str, Callable[[], object]], *, rounds: int) -> Figures:
    """Run the tasks in turn and return the median of each, in milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            taken[name].append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(times) for name, times in taken.items()}


def _command(home: Path, *arguments: str) -> Callable[[], object]:
    environ = os.environ | {"TWINCTL_HOME": str(home)}
    return lambda: subprocess.run(
        [sys.executable, *arguments], env=environ, check=True, capture_output=True
    )


def _search(client: TwinClient, question: str) -> None:
    client.search(TWIN, SearchIn(query=question))


def _embedder(home: Path) -> Embedder:
    registry = EmbedderRegistry(EMBEDDING, find_home(str(home)).models, keep_alive_s=-1)
    if registry.current is None:
        sys.exit(f"error: {registry.problem}")
    return registry.current


def _embedding_texts(home: Path, source_ids: Sequence[str]) -> list[str]:
    at = find_home(str(home))
    store = Store.open(at.database, at.blobs)
    chunks = store.tenant(DEFAULT_TENANT).chunks
    found = [chunk for source_id in source_ids for chunk in chunks.of_source(source_id)]
    store.close()
    return [
        embedding_text(chunk.title, Chunk(text=chunk.text, locator=chunk.locator))
        for chunk in found
    ]


def _timings(home: Path, source_ids: Sequence[str]) -> list[Timings]:
    at = find_home(str(home))
    store = Store.open(at.database, at.blobs)
    sources = store.tenant(DEFAULT_TENANT).sources
    found = [sources.get(source_id).timings for source_id in source_ids]
    store.close()
    return [timings for timings in found if timings]


def _resident_mb(home: Path) -> float:
    status = Status.model_validate_json(twinctl(home, "status", "--json"))
    return (status.daemon.rss_bytes or 0) / 2**20


if __name__ == "__main__":
    main()
