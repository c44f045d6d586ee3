"""A watched folder is in step whatever happens to the daemon."""

import shutil
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import wait_until

FILES = 60


@pytest.fixture(autouse=True)
def short_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINCTL_WATCH_QUIET_MS", "50")


def write(folder: Path, number: int, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:02}.md"
    path.write_text(f"# Note {number}\n\nNote {number} is about {text}.\n")
    return path


def in_step(daemon: LiveDaemon, folder: Path) -> bool:
    """Return whether the live sources are the files of a folder, with their very text."""
    with daemon.client() as client:
        sources = list(client.sources("default"))
        if any(source.status != "live" for source in sources):
            return False
        if {source.uri for source in sources} != {str(path) for path in folder.rglob("*.md")}:
            return False
        return all(
            client.source_text("default", source.id).text == Path(source.uri).read_text()
            for source in sources
        )


@pytest.mark.slow
def test_a_daemon_killed_again_and_again_ends_in_step(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    for number in range(FILES):
        write(folder / "a", number, "bees")
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        daemon.json("watch", "add", str(folder))
        daemon.kill()
        for number in range(0, FILES, 3):
            write(folder / "a", number, "ants")
        daemon.start()
        (folder / "a").rename(folder / "b")
        daemon.kill()
        for number in range(0, FILES, 4):
            (folder / "b" / f"{number:02}.md").unlink()
        write(folder / "c", FILES, "wasps")
        daemon.start()
        shutil.copytree(folder / "b", folder / "copy")
        daemon.kill()
        daemon.start()
        wait_until(lambda: in_step(daemon, folder))
        [watch] = daemon.json("watch")["watches"]
        assert (watch["state"], watch["failed"]) == ("watching", 0)
        assert watch["files"] == watch["live"] == len(list(folder.rglob("*.md")))


@pytest.mark.slow
def test_what_is_moved_while_the_daemon_is_down_keeps_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    path = write(folder, 1, "bees")
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        daemon.json("watch", "add", str(folder))
        wait_until(lambda: in_step(daemon, folder))
        [before] = daemon.json("sources")["sources"]
        daemon.stop()
        path.rename(folder / "renamed.md")
        daemon.start()
        wait_until(lambda: in_step(daemon, folder))
        [after] = daemon.json("sources")["sources"]
        assert (after["id"], after["indexed_at"]) == (before["id"], before["indexed_at"])
