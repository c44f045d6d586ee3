"""`kill -9` in the middle of an ingest loses nothing and leaves nothing half."""

from functools import partial
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import FINAL, wait_until
from twinctl.wire.sources import FileIn
from twind.store.store import Store

FILES = 50


def make_files(folder: Path) -> list[Path]:
    """Write files of several chunks each, no two of them alike."""
    folder.mkdir()
    paths = []
    for number in range(FILES):
        sections = (
            f"## Part {part} of report {number}\n\n"
            + f"Station {number} measured {part * 7 + number} millimetres of rain. " * 12
            for part in range(2)
        )
        path = folder / f"report-{number:02}.md"
        path.write_text(f"# Report {number}\n\n" + "\n\n".join(sections))
        paths.append(path)
    return paths


def has_finished(daemon: LiveDaemon, files: int) -> bool:
    with daemon.client() as client:
        return sum(1 for _ in client.jobs(status="succeeded")) >= files


def all_ended(daemon: LiveDaemon) -> bool:
    with daemon.client() as client:
        return all(job.status in FINAL for job in client.jobs())


def faults(daemon: LiveDaemon) -> list[str]:
    """Return what does not fit between content and indexes, from the files of a stopped home."""
    store = Store.open(daemon.home.database, daemon.home.blobs)
    try:
        return [finding.message for finding in store.health.check() if finding.problems]
    finally:
        store.close()


@pytest.mark.slow
def test_a_killed_daemon_goes_on_where_it_was_and_every_file_is_live_once(tmp_path: Path) -> None:
    paths = make_files(tmp_path / "reports")
    with live_daemon(tmp_path / "home", embedding="all-MiniLM-L6-v2") as daemon:
        with daemon.client() as client:
            for path in paths:
                client.ingest_file("default", FileIn(path=str(path)))
        for reached in (0, 5, 20, 40):
            wait_until(partial(has_finished, daemon, reached))
            daemon.kill()
            daemon.start()
        wait_until(partial(all_ended, daemon))

        with daemon.client() as client:
            sources = list(client.sources("default"))
            checks = client.checks().checks
        assert sorted(source.uri for source in sources) == [str(path) for path in paths]
        assert {source.status for source in sources} == {"live"}
        assert {source.chunks for source in sources} == {sources[0].chunks}
        assert [check for check in checks if check.state == "failed"] == []
        daemon.stop()
        assert faults(daemon) == []
