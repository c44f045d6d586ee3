"""Following and stopping work: `jobs logs -f`, `jobs cancel --all`, and Ctrl-C."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.terminal import Terminal
from tests.support.waiting import finished
from tests.support.web import Reply, WebServer, web_server

PAGES = 25
"""More than the daemon works on at once."""


@pytest.fixture(scope="module")
def web() -> Iterator[WebServer]:
    """Yield a server on loopback."""
    with web_server() as serving:
        yield serving


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon whose jobs may all be cancelled."""
    home = tmp_path_factory.mktemp("busy") / "home"
    local = '[ingest]\nprivate_hosts = "127.0.0.1"\n'
    with live_daemon(home, embedding="none", models=local) as running:
        yield running


@pytest.fixture
def pages(web: WebServer, request: pytest.FixtureRequest) -> list[str]:
    """Return the addresses of pages that never end, so that the last ones wait for their turn."""
    paths = [f"/{request.node.name}/{number}" for number in range(PAGES)]
    for path in paths:
        drops = web.dripping(b"<p>and so on</p>")
        web.replies[path] = Reply(headers={"Content-Type": "text/html"}, body=drops)
    return [web.url(path) for path in paths]


def jobs(daemon: LiveDaemon, status: str) -> list[Any]:
    found: list[Any] = daemon.json("jobs", "list", "--status", status)["jobs"]
    return found


def test_everything_that_waits_or_runs_is_cancelled_at_once(
    busy: LiveDaemon, pages: list[str]
) -> None:
    busy.json("ingest", *pages, "--no-wait")
    stopped = busy.json("jobs", "cancel", "--all")["jobs"]
    assert stopped
    assert jobs(busy, "queued") == []
    with busy.client() as client:
        for job in stopped:
            finished(client, job["id"])
    assert jobs(busy, "running") == []
    again = busy.run("jobs", "cancel", "--all")
    assert (again.returncode, again.stdout) == (0, "0 jobs cancelled.\n")


def test_ctrl_c_leaves_the_work_going_and_says_how_to_follow_and_stop_it(
    busy: LiveDaemon, pages: list[str]
) -> None:
    environ = {"TWINCTL_HOME": str(busy.root)}
    with Terminal("ingest", *pages, environ=environ) as terminal:
        terminal.expect("/25")
        terminal.type("\x03")
        terminal.expect("error: interrupted; the daemon goes on with ")
        terminal.expect("hint: follow with     twinctl jobs list")
        terminal.expect("twinctl jobs logs -f job_")
        terminal.expect("stop with       twinctl jobs cancel ")
        assert terminal.end() == 130
    assert busy.run("jobs", "cancel", "--all").returncode == 0


def test_a_log_is_followed_to_its_end(busy: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "wall.md").write_text("Stone upon stone, and the mortar between them.")
    (source,) = busy.json("ingest", str(tmp_path / "wall.md"), "--no-wait")["sources"]
    done = busy.run("jobs", "logs", "-f", source["job_id"])
    assert done.returncode == 0
    assert "chunks" in done.stdout
    assert done.stderr.endswith("The job succeeded.\n")


def test_why_a_job_failed_is_told_at_the_end_of_its_log(busy: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "blank.md").write_text(" \n")
    (source,) = busy.json("ingest", str(tmp_path / "blank.md"), "--no-wait")["sources"]
    done = busy.run("jobs", "logs", "-f", source["job_id"])
    assert "error" in done.stdout
    assert "The job failed.\n" in done.stderr


def test_ctrl_c_ends_the_following_of_a_log(busy: LiveDaemon, pages: list[str]) -> None:
    sources = busy.json("ingest", *pages, "--no-wait")["sources"]
    environ = {"TWINCTL_HOME": str(busy.root)}
    with Terminal("jobs", "logs", "-f", sources[-1]["job_id"], environ=environ) as terminal:
        terminal.expect("The job waits for its turn.")
        terminal.type("\x03")
        assert terminal.end() in {130, -signal.SIGINT}  # both are 130 to a shell
    busy.run("jobs", "cancel", "--all")


def test_several_jobs_are_cancelled_and_those_that_cannot_be_are_named(
    busy: LiveDaemon, pages: list[str]
) -> None:
    sources = busy.json("ingest", *pages, "--no-wait")["sources"]
    wanted = [source["job_id"] for source in sources[-3:]]
    done = busy.run("jobs", "cancel", wanted[0], wanted[1])
    assert (done.returncode, done.stdout) == (0, "2 jobs cancelled.\n")
    mixed = busy.run("jobs", "cancel", wanted[2], "job_none")
    assert mixed.returncode == 1
    assert "job_none: there is no job" in mixed.stderr
    busy.run("jobs", "cancel", "--all")


@pytest.mark.parametrize("arguments", [[], ["job_x", "--all"]], ids=["nothing", "both"])
def test_either_jobs_are_named_or_all_are_meant(busy: LiveDaemon, arguments: list[str]) -> None:
    assert busy.run("jobs", "cancel", *arguments).returncode == 2
