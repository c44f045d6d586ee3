"""A GGUF file of the home writes answers; what it invents is not said, and its death is told."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corpora import coast
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.gguf import Shape, write_gguf
from tests.support.waiting import wait_until
from twinctl.wire.answers import ChatIn
from twinctl.wire.models import ModelName

QUESTION = ChatIn(message="When was the lighthouse at Skerry Point built?")
MODEL = "tiny.gguf"
LIGHT_BYTES = 100 * (1 << 20)


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[LiveDaemon]:
    models = tmp_path / "home" / "models"
    models.mkdir(parents=True)
    write_gguf(models / MODEL, Shape(context_tokens=4096))
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        with daemon.client() as client:
            coast(client, "Coast", tmp_path)
            client.use_model(ModelName(name=f"gguf:{MODEL}"))
        yield daemon


def children(pid: int) -> set[int]:
    """Return the processes that a process has started and that still run."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int(child) for task in tasks for child in (task / "children").read_text().split()}


@pytest.mark.slow
def test_a_model_that_writes_nonsense_is_not_quoted(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        before = children(daemon.pid)
        answer = client.answer("coast", QUESTION)
        (child,) = children(daemon.pid) - before
    assert answer.generator == f"gguf:{MODEL}"
    assert not answer.answered
    assert daemon.json("status")["daemon"]["rss_bytes"] < LIGHT_BYTES
    prefixes = daemon.home.models / "prefixes"
    assert list(prefixes.iterdir())
    with daemon.client() as client:
        client.delete_twin("coast")
    assert list(prefixes.iterdir()) == []
    daemon.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.slow
def test_a_model_that_cannot_be_loaded_leaves_the_words_of_the_sources(
    daemon: LiveDaemon,
) -> None:
    path = daemon.home.models / MODEL
    path.write_bytes(path.read_bytes()[:-20_000])
    with daemon.client() as client:
        answer = client.answer("coast", QUESTION)
    assert answer.generator == "extractive"
    assert answer.notice is not None
    assert "1841" in answer.answer


@pytest.mark.slow
def test_the_child_does_not_outlive_a_daemon_that_is_killed(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        before = children(daemon.pid)
        client.answer("coast", QUESTION)
        (child,) = children(daemon.pid) - before
    daemon.kill()
    wait_until(lambda: not is_running(child))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
