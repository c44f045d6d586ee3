"""One daemon a home: its lock, its socket, its end and its memory."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.corpora import coast
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import wait_until
from twinctl.client.launch import running_pid
from twinctl.wire.answers import ChatIn
from twinctl.wire.sources import FileIn

MEGABYTE = 1 << 20


def test_only_the_owner_can_open_the_socket(daemon: LiveDaemon) -> None:
    assert stat.S_IMODE(daemon.home.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(daemon.home.runtime.stat().st_mode) == 0o700
    assert stat.S_IMODE(daemon.home.database.stat().st_mode) == 0o600


def test_a_second_daemon_of_the_same_home_ends_and_names_the_first(daemon: LiveDaemon) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "twind.main", "--home", str(daemon.root)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode != 0
    assert str(daemon.pid) in second.stderr
    assert "twinctl daemon stop" in second.stderr
    with daemon.client() as client:
        assert client.twin("default").slug == "default"


@pytest.mark.slow
def test_with_the_model_at_work_the_daemon_stays_small_and_without_torch(
    model_daemon: LiveDaemon, tmp_path: Path
) -> None:
    with model_daemon.client() as client:
        twin = coast(client, "Small and light", tmp_path)
        assert client.answer(twin, ChatIn(message="Who built the lighthouse?")).answered
    maps = Path(f"/proc/{model_daemon.pid}/maps").read_text()
    assert "torch" not in maps
    assert "numpy" not in maps
    assert model_daemon.json("status")["daemon"]["rss_bytes"] < 100 * MEGABYTE


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        with daemon.client() as client:
            twin = coast(client, "Kept", tmp_path)
            before = client.answer(twin, ChatIn(message="Who built the lighthouse?"))
            sources = list(client.sources(twin))
        daemon.stop()
        assert not daemon.home.socket.exists()
        assert running_pid(daemon.home) is None
        daemon.start()
        with daemon.client() as client:
            after = client.answer(twin, ChatIn(message="Who built the lighthouse?"))
            assert list(client.sources(twin)) == sources
            assert len(list(client.conversations(twin))) == 2
    assert after.answer == before.answer


def test_a_daemon_that_is_told_to_stop_gives_its_jobs_back(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    paths = [tmp_path / "files" / f"{number}.txt" for number in range(6)]
    for path in paths:
        path.write_text(f"This is file {path.stem}, long enough to be met at work.\n\n" * 20_000)
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        with daemon.client() as client:
            for path in paths:
                client.ingest_file("default", FileIn(path=str(path)))
            wait_until(lambda: any(job.status == "running" for job in client.jobs()))
        os.kill(daemon.pid, signal.SIGTERM)
        wait_until(lambda: running_pid(daemon.home) is None)
        daemon.start()
        with daemon.client() as client:
            wait_until(lambda: all(job.status == "succeeded" for job in client.jobs()))
            assert {job.attempts for job in client.jobs()} == {1}
            assert {source.status for source in client.sources("default")} == {"live"}


def test_a_home_with_a_very_long_path_works(tmp_path: Path) -> None:
    root = tmp_path / ("long" * 30) / "home"
    with live_daemon(root, embedding="none") as daemon:
        assert daemon.json("status")["daemon"]["running"] is True


def test_a_wrong_setting_is_named_with_the_nearest_right_one(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[models]\nembeding = "none"\n')
    done = subprocess.run(
        [sys.executable, "-m", "twind.main", "--home", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "models.embedding" in done.stderr
