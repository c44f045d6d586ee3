from pathlib import Path

from tests.support.daemon import LiveDaemon

FIELDS = {
    *("id", "path", "twin", "state", "reason", "include", "exclude", "last_event_at"),
    *("files", "live", "failed"),
}


def test_a_folder_is_added_listed_and_removed_by_its_path(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text("# Bees\n\nBees dance.\n")
    (folder / "b.txt").write_text("Ants carry leaves.")
    added = daemon.run("watch", "add", str(folder), "--include", "*.md")
    assert (added.returncode, added.stdout) == (0, f"{folder} is kept in step (1 file).\n")
    again = daemon.json("watch", "add", str(folder), "--exclude", "*.rtf", "--exclude", "*.odt")
    assert set(again) == FIELDS
    assert (again["include"], again["exclude"], again["files"]) == ([], ["*.rtf", "*.odt"], 2)
    [listed] = [watch for watch in daemon.json("watch")["watches"] if watch["path"] == str(folder)]
    assert (listed["id"], listed["state"], listed["twin"]) == (again["id"], "watching", "default")
    assert str(folder) in daemon.run("watch", "ls").stdout
    removed = daemon.run("watch", "rm", str(folder))
    assert "2 sources kept" in removed.stdout
    assert again["id"] not in daemon.run("watch", "list").stdout
    for source in daemon.json("sources")["sources"]:
        if source["uri"].startswith(str(folder)):
            daemon.run("sources", "rm", source["id"], "--yes")


def test_what_is_not_watched_cannot_be_removed(daemon: LiveDaemon, tmp_path: Path) -> None:
    done = daemon.run("watch", "remove", str(tmp_path))
    assert done.returncode == 4
    assert "is not watched" in done.stderr


def test_a_folder_that_is_not_there_cannot_be_watched(daemon: LiveDaemon, tmp_path: Path) -> None:
    done = daemon.run("watch", "add", str(tmp_path / "absent"))
    assert done.returncode == 4
    assert "there is no folder" in done.stderr
