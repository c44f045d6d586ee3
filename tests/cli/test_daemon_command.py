import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.waiting import wait_until
from twinctl.client.launch import is_running, ready_version, running_pid


@pytest.fixture
def stopped() -> Iterator[LiveDaemon]:
    """Yield a home without a daemon; whatever was started in it is stopped."""
    with tempfile.TemporaryDirectory() as folder:
        home = LiveDaemon(root=Path(folder) / "home")
        home.root.mkdir()
        home.home.config.write_text('[models]\nembedding = "none"\n')
        yield home
        home.stop()


def test_a_command_starts_the_daemon_that_it_needs(stopped: LiveDaemon) -> None:
    assert stopped.json("status")["daemon"]["running"] is False
    assert stopped.run("daemon", "status").returncode == 3
    assert stopped.run("twin", "list").returncode == 0
    status = stopped.json("status")
    assert status["daemon"]["running"] is True
    assert status["daemon"]["pid"] == running_pid(stopped.home)
    assert stopped.home.socket.stat().st_mode & 0o777 == 0o600
    assert stopped.home.runtime.stat().st_mode & 0o777 == 0o700


def test_start_stop_and_restart(stopped: LiveDaemon) -> None:
    first = stopped.json("daemon", "start")["pid"]
    assert stopped.json("daemon", "start")["pid"] == first
    second = stopped.json("daemon", "restart")["pid"]
    assert second != first
    assert "twind" in stopped.run("daemon", "logs").stdout
    assert stopped.json("daemon", "stop")["running"] is False
    assert not is_running(stopped.home)
    assert stopped.run("daemon", "stop").stdout == "The daemon was not running.\n"


def test_two_that_start_at_once_share_one_daemon(stopped: LiveDaemon) -> None:
    environ = {**os.environ, "TWINCTL_HOME": str(stopped.root)}
    line = [sys.executable, "-m", "twinctl", "daemon", "start", "--json"]
    both = [
        subprocess.Popen(line, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [json.loads(each.communicate(timeout=120)[0]) for each in both]
    assert told[0]["pid"] == told[1]["pid"] == running_pid(stopped.home)


def test_a_daemon_that_cannot_start_says_why(stopped: LiveDaemon) -> None:
    stopped.home.config.write_text("[models]\nembeding = 'none'\n")
    done = stopped.run("daemon", "start")
    assert done.returncode == 3
    assert "models.embedding" in done.stderr


def test_a_home_with_a_long_path_works(stopped: LiveDaemon) -> None:
    deep = LiveDaemon(root=stopped.root / ("long" * 30))
    deep.root.mkdir()
    deep.home.config.write_text('[models]\nembedding = "none"\n')
    try:
        assert deep.run("twin", "list").returncode == 0
        assert ready_version(deep.home) is not None
    finally:
        deep.stop()


def test_doctor_finds_and_mends_what_others_could_read(stopped: LiveDaemon) -> None:
    stopped.home.config.chmod(0o644)
    stopped.root.chmod(0o755)
    found = stopped.run("doctor")
    assert found.returncode == 1
    assert "failed  permissions" in found.stdout
    assert "→ twinctl doctor --fix" in found.stdout
    mended = stopped.run("doctor", "--fix", "--json")
    states = {check["name"]: check["state"] for check in json.loads(mended.stdout)["checks"]}
    assert states["permissions"] == states["daemon"] == states["config"] == "ok"
    assert stopped.home.config.stat().st_mode & 0o777 == 0o600


def test_doctor_names_a_setting_that_is_wrong(stopped: LiveDaemon) -> None:
    stopped.home.config.write_text("twn = 'ada'\n")
    done = stopped.run("doctor", "--no-start")
    assert done.returncode == 1
    assert "did you mean 'twin'" in done.stdout


def test_doctor_does_not_blame_the_daemon_for_a_wrong_setting(stopped: LiveDaemon) -> None:
    stopped.run("daemon", "start")
    stopped.home.config.write_text("twn = 'ada'\n")
    found = json.loads(stopped.run("doctor", "--json").stdout)["checks"]
    states = {check["name"]: check["state"] for check in found}
    assert (states["config"], states["daemon"]) == ("failed", "ok")


def test_what_others_wrote_into_the_log_moves_no_cursor(stopped: LiveDaemon) -> None:
    stopped.home.log.write_text("a folder called \x1b]0;mine\x07 is not read\n")
    shown = stopped.run("daemon", "logs").stdout
    assert shown == "a folder called ?]0;mine? is not read\n"


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_run_stays_in_the_foreground_until_it_is_told_to_end(
    stopped: LiveDaemon, told: signal.Signals
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "twinctl", "daemon", "run", "--home", str(stopped.root)],
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: ready_version(stopped.home) is not None)
    assert stopped.pid == running.pid
    running.send_signal(told)
    assert running.wait(60) == 0
    assert not stopped.home.socket.exists()


def test_a_daemon_is_stopped_and_shown_whatever_the_settings_are(stopped: LiveDaemon) -> None:
    stopped.start()
    stopped.home.config.write_text("twin = = [\n")
    assert stopped.json("status")["daemon"]["pid"] == stopped.pid
    assert stopped.json("daemon", "status")["running"] is True
    checked = stopped.run("doctor", "--json")
    states = {check["name"]: check["state"] for check in json.loads(checked.stdout)["checks"]}
    assert (states["config"], states["database"]) == ("failed", "ok")
    done = stopped.run("daemon", "stop")
    assert (done.returncode, done.stdout) == (0, "Stopped.\n")
    assert not is_running(stopped.home)


def test_a_restart_that_the_settings_forbid_stops_nothing(stopped: LiveDaemon) -> None:
    stopped.start()
    before = stopped.pid
    stopped.home.config.write_text("twin = = [\n")
    done = stopped.run("daemon", "restart")
    assert done.returncode == 2
    assert f"hint: edit {stopped.home.config}" in done.stderr
    assert stopped.pid == before


def test_a_home_that_is_a_file_is_named_as_one(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a folder")
    for place in (file, file / "below"):
        home = LiveDaemon(root=place)
        for verb in (["daemon", "start"], ["ask", "Who?"], ["config", "set", "log.level", "info"]):
            done = home.run(*verb)
            assert done.returncode in {1, 3}
            assert f"error: {file} is a file, and the home must be a folder\n" in done.stderr
            assert "hint: name a folder of your own with --home or TWINCTL_HOME" in done.stderr
        assert home.run("daemon", "stop").stdout == "The daemon was not running.\n"
        assert f"{file} is a file, and the home must be a folder" in home.run("doctor").stdout
    assert file.read_text() == "not a folder"


def test_the_end_of_a_log_is_told_however_long_it_is(stopped: LiveDaemon) -> None:
    lines = [f"line {number}: für immer" for number in range(100_000)]
    stopped.home.log.write_text("\n".join(lines) + "\n")
    assert stopped.run("daemon", "logs").stdout.splitlines() == lines[-200:]
    stopped.home.log.write_text("short\n")
    assert stopped.json("daemon", "logs")["lines"] == ["short"]
