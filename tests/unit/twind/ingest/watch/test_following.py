"""Sources follow what is found in watched folders."""

from pathlib import Path

import pytest

from tests.support.watching import STEP_S, Watching
from twind.domain.sources import SourceStatus
from twind.ingest.watch import follower


def test_what_is_there_is_taken_with_folders_below(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "b.txt").write_text("Ants.")
    watched.watch(folder)
    sources = watched.sources()
    assert sources.keys() == {str(folder / "a.md"), str(folder / "deep" / "er" / "b.txt")}
    assert {source.status for source in sources.values()} == {SourceStatus.LIVE}


def test_a_new_file_is_taken(watched: Watching, folder: Path) -> None:
    watched.watch(folder)
    (folder / "a.md").write_text("Bees.")
    watched.look()
    assert watched.sources().keys() == {str(folder / "a.md")}


def test_a_changed_file_keeps_its_source(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watched.watch(folder)
    [before] = watched.sources().values()
    (folder / "a.md").write_text("Bumblebees.")
    watched.look()
    [after] = watched.sources().values()
    assert after.id == before.id
    assert watched.tenant.documents.text(after.id) == "Bumblebees."


def test_a_deleted_file_takes_its_source_along(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants.")
    watched.watch(folder)
    (folder / "a.md").unlink()
    watched.look()
    assert watched.sources().keys() == {str(folder / "b.md")}
    assert watched.tenant.chunks.count() == 1


def test_a_moved_file_keeps_its_source_and_content(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watched.watch(folder)
    [before] = watched.sources().values()
    jobs = watched.jobs()
    (folder / "below").mkdir()
    (folder / "a.md").rename(folder / "below" / "a.md")
    watched.look()
    [after] = watched.sources().values()
    assert (after.id, after.uri) == (before.id, str(folder / "below" / "a.md"))
    assert after.indexed_at == before.indexed_at
    assert watched.jobs() == jobs


def test_a_source_that_is_called_as_its_file_is_renamed_with_it(
    watched: Watching, folder: Path
) -> None:
    (folder / "draft.md").write_text("Bees.")
    watched.watch(folder)
    [before] = watched.sources().values()
    (folder / "draft.md").rename(folder / "on-bees.md")
    watched.look()
    [after] = watched.sources().values()
    assert (after.id, before.title, after.title) == (before.id, "draft", "on bees")


def test_a_rename_seen_as_a_copy_and_a_deletion_is_a_rename(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watched.watch(folder)
    [before] = watched.sources().values()
    (folder / "b.md").write_bytes((folder / "a.md").read_bytes())
    (folder / "a.md").unlink()
    watched.look()
    [after] = watched.sources().values()
    assert (after.id, after.uri) == (before.id, str(folder / "b.md"))


def test_a_new_file_waits_for_one_that_just_vanished(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    [before] = watched.sources().values()
    (folder / "a.md").rename(folder / "b.md")
    watching.on_change(str(folder / "b.md"), is_folder=False)
    watching.look_where_told(watched.now)
    watching.on_change(str(folder / "a.md"), is_folder=False)
    watching.look_where_told(watched.now + STEP_S / 2)
    watched.settle()
    [after] = watched.sources().values()
    assert after.id == before.id


def test_a_file_that_moves_to_another_watched_folder_keeps_its_source(
    watched: Watching, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    (one / "a.md").write_text("Bees.")
    watched.watch(one)
    watched.watch(two)
    [before] = watched.sources().values()
    (one / "a.md").rename(two / "a.md")
    watched.look()
    [after] = watched.sources().values()
    assert (after.id, after.uri) == (before.id, str(two / "a.md"))


def test_a_file_renamed_before_it_was_indexed_is_indexed(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    (folder / "b.md").write_text("Ants.")
    watching.look(watched.now)
    for _ in range(2):
        watched.now += STEP_S
        watched.follower.follow([watching], watched.now)
    (folder / "b.md").rename(folder / "c.md")
    watched.look()
    assert watched.sources()[str(folder / "c.md")].status is SourceStatus.LIVE


def test_a_file_over_another_one_replaces_its_content(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "b.md").write_text("Ants!!")
    watched.watch(folder)
    kept = watched.sources()[str(folder / "b.md")]
    (folder / "a.md").replace(folder / "b.md")
    watched.look()
    [after] = watched.sources().values()
    assert after.id == kept.id
    assert watched.tenant.documents.text(after.id) == "Bees."


def test_an_atomic_save_is_one_change(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    [before] = watched.sources().values()
    jobs = watched.jobs()
    (folder / "a.md").rename(folder / "a.md~")
    (folder / ".a.md.swp").write_text("Hum.")
    (folder / ".a.md.swp").replace(folder / "a.md")
    for name in ("a.md", "a.md~", ".a.md.swp", "a.md"):
        watching.on_change(str(folder / name), is_folder=False)
    watching.look_where_told(watched.now)
    watched.settle()
    [after] = watched.sources().values()
    assert after.id == before.id
    assert watched.jobs() == jobs + 1


def test_folders_that_come_at_once_are_all_looked_into(watched: Watching, folder: Path) -> None:
    watching = watched.watch(folder)
    for name in ("a", "a/b", "ab"):
        (folder / name).mkdir()
        (folder / name / "c.md").write_text(f"Bees of {name}.")
        watching.on_change(str(folder / name), is_folder=True)
    watching.look_where_told(watched.now)
    watched.settle()
    assert watched.sources().keys() == {str(folder / name / "c.md") for name in ("a", "a/b", "ab")}


def test_a_storm_of_changes_is_one_job(watched: Watching, folder: Path) -> None:
    watching = watched.watch(folder)
    for number in range(500):
        (folder / "a.md").write_text(f"Number {number}.")
        watching.on_change(str(folder / "a.md"), is_folder=False)
        watching.look_where_told(watched.now)
        watched.follower.follow([watching], watched.now)
        watched.now += STEP_S / 10
    watched.settle()
    [source] = watched.sources().values()
    assert watched.tenant.documents.text(source.id) == "Number 499."
    assert watched.jobs() == 1


def test_a_file_that_is_removed_and_written_anew_is_one_change(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watching = watched.watch(folder)
    [before] = watched.sources().values()
    (folder / "a.md").unlink()
    watching.on_change(str(folder / "a.md"), is_folder=False)
    watching.look_where_told(watched.now)
    watched.follower.follow([watching], watched.now + STEP_S)
    (folder / "a.md").write_text("Bumblebees.")
    watched.now += STEP_S
    watched.settle()
    [after] = watched.sources().values()
    assert after.id == before.id


def test_a_source_that_its_owner_deleted_stays_away_until_its_file_changes(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    watched.watch(folder)
    [source] = watched.sources().values()
    watched.tenant.sources.delete(source.id)
    watched.look()
    assert watched.sources() == {}
    (folder / "a.md").write_text("Bumblebees.")
    watched.look()
    assert watched.sources().keys() == {str(folder / "a.md")}


def test_a_file_that_was_ingested_by_hand_is_not_taken_twice(
    watched: Watching, folder: Path
) -> None:
    (folder / "a.md").write_text("Bees.")
    intake = watched.follower._intake
    source, _ = intake.take_found(watched.tenant, watched.twin, str(folder / "a.md"))
    watched.watch(folder)
    assert [each.id for each in watched.sources().values()] == [source.id]


def test_what_becomes_ignored_is_taken_out(watched: Watching, folder: Path) -> None:
    (folder / "a.md").write_text("Bees.")
    (folder / "draft.md").write_text("Ants.")
    watched.watch(folder)
    (folder / ".twinignore").write_text("draft*\n")
    watched.look()
    assert watched.sources().keys() == {str(folder / "a.md")}


def test_what_cannot_be_read_is_not_deleted(watched: Watching, folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "a.md").write_text("Bees.")
    (folder / "b.md").symlink_to(folder / "below" / "a.md")
    watched.watch(folder)
    (folder / "below").rename(folder / ".hidden")
    (folder / "below").symlink_to(folder / "below")  # to look into it is an error
    watched.look()
    assert watched.sources().keys() == {str(folder / "below" / "a.md"), str(folder / "b.md")}


def test_more_files_than_a_turn_takes_are_all_taken(
    watched: Watching, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "A_TURN", 2)
    for number in range(5):
        (folder / f"{number}.md").write_text(f"About {number}.")
    watched.watch(folder)
    (folder / "0.md").rename(folder / "9.md")
    watched.look()
    assert {Path(uri).stem for uri in watched.sources()} == set("91234")
