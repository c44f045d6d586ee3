"""A daemon in a home of its own, as the scripts use it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from twinctl.client.client import TwinClient
from twinctl.client.intake import files_at_once
from twinctl.client.transport import Transport
from twinctl.errors import ApiError
from twinctl.paths import find_home
from twinctl.wire.settings import BY_KEY
from twinctl.wire.sources import SourceOut
from twinctl.wire.twins import TwinIn

STEP_S = 0.25
EMBEDDING = str(BY_KEY["models.embedding"].default)


def twinctl(root: Path, *arguments: str, **environ: str) -> str:
    """Run a command in the home `root`; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "twinctl", *arguments],
        env=os.environ | environ | {"TWINCTL_HOME": str(root)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@contextmanager
def running_daemon(root: Path, embedding: str = EMBEDDING) -> Iterator[TwinClient]:
    """Give a client of the daemon of the home `root`; the daemon is stopped in the end."""
    twinctl(root, "daemon", "start", "--quiet", TWINCTL_MODELS_EMBEDDING=embedding)
    try:
        with Transport(find_home(str(root)).socket) as transport:
            yield TwinClient(transport)
    finally:
        twinctl(root, "daemon", "stop", "--quiet")


def ensure_twin(client: TwinClient, slug: str) -> None:
    """Create a twin unless it is there."""
    try:
        client.twin(slug)
    except ApiError:
        client.create_twin(TwinIn(name=slug, slug=slug))


def ingest(client: TwinClient, twin: str, paths: Iterable[Path]) -> list[SourceOut]:
    """Ingest files and wait for all of them; return the sources of the twin."""
    for handover in files_at_once(client, twin, [str(path.resolve()) for path in paths]):
        handover.send()
    while _is_at_work(client):
        time.sleep(STEP_S)
    return list(client.sources(twin))


def _is_at_work(client: TwinClient) -> bool:
    jobs = client.status().jobs
    return jobs is not None and jobs.queued + jobs.running > 0
