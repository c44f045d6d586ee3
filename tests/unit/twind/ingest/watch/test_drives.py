"""Nothing is forgotten because a drive is not there.

A drive of another device is told by the device that its files were noted with.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.watching import Watching
from twind.domain.watches import WatchState
from twind.ingest.watch.folder import WatchedFolder


def state_of(watching: WatchedFolder) -> WatchState:
    return watching.condition.state


def on_another_drive(watched: Watching, watching: WatchedFolder, folder: Path) -> None:
    """Have it that the files of a folder were taken from a drive of their own."""
    table = watched.tenant.watched
    for file in table.in_folder(watching.watch.id, str(folder)):
        stamp = replace(file.stamp, device="99999")
        table.put(watching.watch.id, file.path, file.source_id, stamp)
    if str(folder) == watching.watch.path:
        watched.tenant.watches.note_root(watching.watch.id, "99999:2")


def test_a_folder_that_is_not_there_is_missing_and_nothing_is_forgotten(
    watched: Watching, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    folder.rename(tmp_path / "away")
    watched.look()
    assert state_of(watching) is WatchState.MISSING
    assert "kept" in (watching.condition.reason or "")
    assert len(watched.sources()) == 1
    (tmp_path / "away").rename(folder)
    (folder / "b.md").write_text("Ants.")
    watched.look()
    assert state_of(watching) is WatchState.WATCHING
    assert len(watched.sources()) == 2


def test_the_empty_folder_that_an_unmounted_drive_leaves_is_missing(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    watching = watched.watch(folder)
    on_another_drive(watched, watching, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    watching = watched.watch(folder)
    assert state_of(watching) is WatchState.MISSING
    assert len(watched.sources()) == 2


def test_a_file_written_where_the_drive_was_does_not_stand_for_it(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    watching = watched.watch(folder)
    on_another_drive(watched, watching, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "a.md").write_text("Written by a program that did not look.")
    watching = watched.watch(folder)
    assert state_of(watching) is WatchState.MISSING
    assert len(watched.sources()) == 2


def test_a_drive_that_comes_back_under_another_number_is_the_same(
    watched: Watching, folder: Path
) -> None:
    for name in ("a", "b", "c"):
        (folder / f"{name}.md").write_text(f"About {name}.")
    watching = watched.watch(folder)
    on_another_drive(watched, watching, folder)
    (folder / "c.md").unlink()
    watching = watched.watch(folder)
    assert state_of(watching) is WatchState.WATCHING
    assert watched.sources().keys() == {str(folder / "a.md"), str(folder / "b.md")}


def test_a_drive_below_the_folder_is_kept_while_the_rest_follows(
    watched: Watching, folder: Path
) -> None:
    drive = folder / "drive"
    drive.mkdir()
    (drive / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    (folder / "c.md").write_text("Wasps.")
    watching = watched.watch(folder)
    on_another_drive(watched, watching, drive)
    (drive / "a.md").unlink()
    (folder / "b.md").unlink()
    watched.look()
    assert state_of(watching) is WatchState.WATCHING
    assert "kept: 1" in (watching.condition.reason or "")
    assert watched.sources().keys() == {str(drive / "a.md"), str(folder / "c.md")}


def test_another_drive_under_the_same_number_is_not_taken_for_it(
    watched: Watching, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    watched.watch(folder)
    (folder / "a.md").write_text("Something else altogether.")
    (folder / "b.md").unlink()
    monkeypatch.setenv("HOME", "/proc")
    watching = watched.watch(folder)
    assert state_of(watching) is WatchState.MISSING
    assert len(watched.sources()) == 2


def test_a_folder_that_was_made_anew_with_the_same_names_is_followed(
    watched: Watching, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    watching = watched.watch(folder)
    folder.rename(tmp_path / "old")
    folder.mkdir()
    (folder / "a.md").write_text("Bumblebees.")
    watched.look()
    assert state_of(watching) is WatchState.WATCHING
    assert watched.sources().keys() == {str(folder / "a.md")}


def test_another_folder_without_any_known_file_is_not_taken_for_it(
    watched: Watching, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    folder.rename(tmp_path / "old")
    folder.mkdir()
    (folder / "z.md").write_text("Other.")
    watched.look()
    assert state_of(watching) is WatchState.MISSING
    assert watched.sources().keys() == {str(folder / "a.md")}


def test_all_files_deleted_from_a_folder_that_is_there_follows(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    (folder / "a.md").unlink()
    watched.look()
    assert state_of(watching) is WatchState.WATCHING
    assert watched.sources() == {}


def test_a_link_to_a_file_out_of_reach_is_kept(
    watched: Watching, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "book.md").write_text("Bees.")
    (folder / "book.md").symlink_to(tmp_path / "book.md")
    watched.watch(folder)
    (tmp_path / "book.md").unlink()
    watched.look()
    assert watched.sources().keys() == {str(folder / "book.md")}
