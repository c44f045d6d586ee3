"""Where the disk is full, whoever hands something over or looks is told so at once."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from tests.support.daemon import LiveDaemon
from tests.support.full_disk import little_room
from tests.support.waiting import wait_until
from twinctl.wire.system import Check
from twind.api.app import build_app
from twind.composition import running_services
from twind.instance import listening_socket, make_folders, only_instance
from twind.main import Server
from twind.settings import Settings
from twind.store.store import Store

FULL = "the disk is full: nothing can be written in"
WAY_OUT = "hint: make room; what waits goes on by itself then"


@dataclass(frozen=True, kw_only=True)
class Served:
    """A daemon within this process, and the store that it works with."""

    daemon: LiveDaemon
    store: Store


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Yield a home that is served from within this process."""
    daemon = LiveDaemon(root=tmp_path / "home")
    make_folders(daemon.home)
    daemon.home.config.write_text('[models]\nembedding = "none"\n')
    with (
        only_instance(daemon.home),
        running_services(daemon.home, Settings.load(daemon.home.config)) as services,
        listening_socket(daemon.home.socket) as listener,
    ):
        config = uvicorn.Config(build_app(services), log_config=None, lifespan="off")
        server = Server(config, services.events)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Served(daemon=daemon, store=services.store)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def ingesting(served: Served, path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Ingest a file meanwhile; the command has ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", "twinctl", "ingest", str(path)],
        env={**os.environ, "TWINCTL_HOME": str(served.daemon.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        try:
            yield command
        finally:
            command.kill()


def client_checks(daemon: LiveDaemon) -> list[Check]:
    with daemon.client() as client:
        return client.checks().checks


def test_a_job_that_waits_for_room_says_so_wherever_one_looks(
    served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "long.md"
    path.write_text("# Stones\n\n" + "Stone upon stone lies in the wall. " * 20_000)
    with little_room(served.store), ingesting(served, path) as command:
        assert command.stderr is not None
        assert command.stderr.readline().startswith(f"notice: jobs wait: {FULL}")
        assert command.stderr.readline() == f"{WAY_OUT}\n"
        assert command.poll() is None

        problem = served.daemon.json("status")["problem"]
        assert (problem["code"], problem["message"][: len(FULL)]) == ("disk_full", FULL)
        for verb in (["status"], ["jobs", "list"]):
            told = served.daemon.run(*verb)
            assert told.returncode == 0
            assert told.stderr.startswith(f"notice: jobs wait: {FULL}")
            assert WAY_OUT in told.stderr
        checks = {check.name: check for check in client_checks(served.daemon)}
        assert checks["jobs"].state == "failed"
        assert FULL in checks["jobs"].message

    wait_until(lambda: served.daemon.json("sources", "list")["sources"][0]["status"] == "live")
    assert served.daemon.json("status")["problem"] is None


def test_what_cannot_be_taken_in_is_refused_at_once(served: Served) -> None:
    with little_room(served.store, pages=0):
        done = served.daemon.run("twin", "create", "Ada")

    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {FULL}")
    assert WAY_OUT in done.stderr
