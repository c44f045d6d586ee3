"""What every test gets: an environment of its own, and daemons for those that ask."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.youtube import LoopbackYouTube, loopback_youtube

REAL_MODEL = "all-MiniLM-L6-v2"


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in os.environ:
        if name.startswith("TWINCTL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TWINCTL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon without an embedding model, shared by the tests."""
    with live_daemon(tmp_path_factory.mktemp("daemon") / "home", embedding="none") as running:
        yield running


@pytest.fixture(scope="session")
def model_daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon with the real embedding model, shared by the tests."""
    with live_daemon(tmp_path_factory.mktemp("model") / "home", embedding=REAL_MODEL) as running:
        yield running


@pytest.fixture
def tube(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackYouTube]:
    """Yield YouTube on loopback, which this process and those it starts reach for the real one."""
    with loopback_youtube(tmp_path) as served:
        for name, value in served.environ.items():
            monkeypatch.setenv(name, value)
            monkeypatch.delenv(name.lower(), raising=False)
        yield served
