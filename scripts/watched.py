"""How far a watched folder lags behind what is done in it, with the real model warm."""

import random
import re
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from invented import questions
from running import running_daemon

from twinctl.client.client import TwinClient
from twinctl.wire.search import SearchIn
from twinctl.wire.settings import BY_KEY
from twinctl.wire.watches import WatchIn

TWIN = "default"
SAVES = 40
FILE_BYTES = 10_000
SENTENCES = 5
SAMPLES = Path(__file__).parent.parent / "docs" / "samples"
FILES = 1_000
RENAMED = 200
PATIENCE_S = 600.0
POLL_S = 0.01
QUIET_S = int(BY_KEY["watch.quiet_ms"].default) / 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Seconds from a save to its being found, less the window, and what embedding took of it."""

    lag_s: float
    embed_s: float


def watch(home: Path, _: Path | None) -> dict[str, float]:
    """Seconds beyond the quiet window until a watched folder is in step with what was done."""
    folder = home / "watched"
    folder.mkdir(parents=True)
    with running_daemon(home) as client:
        client.add_watch(TWIN, WatchIn(path=str(folder)))
        _saved(client, folder / "warm.md", "warm0")
        saved = [_saved(client, folder / f"note-{n % 10}.md", f"mark{n}x") for n in range(SAVES)]
        _write_many(home / "many")
        copied = _lag(
            lambda: shutil.copytree(home / "many", folder / "many"),
            lambda: _counted(client, FILES),
        )
        renamed = _lag(
            lambda: (folder / "many" / "0").rename(folder / "many" / "other"),
            lambda: _placed(client, folder / "many" / "other"),
        )
        deleted = _lag(
            lambda: shutil.rmtree(folder / "many"),
            lambda: _counted(client, 0),
        )
    return {
        **_percentiles("save", [save.lag_s for save in saved]),
        **_percentiles("save_less_embedding", [save.lag_s - save.embed_s for save in saved]),
        f"copy_of_{FILES}_files_s": copied,
        f"rename_of_{RENAMED}_files_s": renamed,
        f"deletion_of_{FILES}_files_s": deleted,
    }


def _saved(client: TwinClient, path: Path, mark: str) -> Save:
    """Save a file of 10 kB, and wait until a search finds what is new in it."""
    text = _text(mark)
    query = SearchIn(query=mark, k=3)
    lag_s = _lag(
        lambda: path.write_text(text),
        lambda: any(mark in hit.title for hit in client.search(TWIN, query).hits),
    )
    [source_id] = [source.id for source in client.sources(TWIN) if source.uri == str(path)]
    timings = client.source(TWIN, source_id).timings
    return Save(lag_s=lag_s, embed_s=timings.embed_s if timings else 0.0)


def _text(mark: str) -> str:
    """Return 10 kB of sentences in an order of their own, which no other file has."""
    chance = random.Random(mark)
    sentences = [
        sentence
        for path in sorted(SAMPLES.glob("*.md"))
        for sentence in re.split(r"(?<=[.?!])\s+", path.read_text(encoding="utf-8"))
    ]
    text = f"# About {mark}\n\n{mark} is found here."
    while len(text) < FILE_BYTES:
        text += "\n\n" + " ".join(chance.sample(sentences, SENTENCES))
    return text[:FILE_BYTES]


def _lag(act: Callable[[], object], is_done: Callable[[], bool]) -> float:
    """Do something and return the seconds until it has come through, less the quiet window."""
    act()
    began = time.perf_counter()
    while not is_done():
        if time.perf_counter() - began > PATIENCE_S:
            raise TimeoutError("the folder did not come in step")
        time.sleep(POLL_S)
    return time.perf_counter() - began - QUIET_S


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return {f"{name}_p50_s": statistics.median(seconds), f"{name}_p95_s": p95}


def _write_many(folder: Path) -> None:
    """Write short files in folders of as many as are renamed later."""
    texts = questions(FILES)
    for number in range(FILES // RENAMED):
        (folder / str(number)).mkdir(parents=True)
        part = texts[number * RENAMED : (number + 1) * RENAMED]
        for place, text in enumerate(part):
            (folder / str(number) / f"{place}.md").write_text(f"# {number} {place}\n\n{text}\n")


def _counted(client: TwinClient, files: int) -> bool:
    """Return whether so many files beside the notes are live."""
    [watched] = client.watches(TWIN).watches
    return watched.live == watched.files == files + min(SAVES, 10) + 1


def _placed(client: TwinClient, folder: Path) -> bool:
    places = [source.uri for source in client.sources(TWIN)]
    return sum(place.startswith(f"{folder}/") for place in places) == RENAMED
