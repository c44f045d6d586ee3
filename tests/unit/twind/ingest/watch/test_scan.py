"""Walks through watched folders."""

from pathlib import Path

from tests.unit.twind.ingest.watch.test_rules import rules_of
from twind.domain.watches import Stamp
from twind.ingest.watch.scan import Absence, glance, walk


def found(root: Path, start: Path | None = None) -> set[str]:
    listings = walk(str(start or root), str(root), rules_of(root))
    return {
        f"{listing.folder}/{name}".removeprefix(f"{root}/")
        for listing in listings
        for name in listing.files
    }


def fill(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def test_all_below_is_found_and_litter_is_not_entered(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "b/c.md", "b/.git/d.md", "b/x.exe")
    assert found(tmp_path) == {"a.md", "b/c.md"}


def test_a_linked_folder_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, "notes/a.md", "elsewhere/b.md")
    (tmp_path / "notes" / "more").symlink_to(tmp_path / "elsewhere")
    assert found(tmp_path / "notes") == {"a.md", "more/b.md"}


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    fill(tmp_path, "notes/a.md", "one/b.md", "two/c.md")
    (tmp_path / "notes" / "self").symlink_to(tmp_path / "notes")
    (tmp_path / "notes" / "one").symlink_to(tmp_path / "one")
    (tmp_path / "one" / "two").symlink_to(tmp_path / "two")
    (tmp_path / "two" / "one").symlink_to(tmp_path / "one")
    assert found(tmp_path / "notes") == {"a.md", "one/b.md", "one/two/c.md"}


def test_a_part_is_walked_as_the_whole_is(tmp_path: Path) -> None:
    fill(tmp_path, "notes/a.md", "notes/deep/b.md", "one/c.md")
    root = tmp_path / "notes"
    (root / "deep" / "back").symlink_to(root)
    (root / "deep" / "one").symlink_to(tmp_path / "one")
    (tmp_path / "one" / "up").symlink_to(tmp_path)
    whole = {name for name in found(root) if name.startswith("deep/")}
    assert found(root, root / "deep") == whole


def test_a_folder_that_is_a_link_itself_is_walked(tmp_path: Path) -> None:
    fill(tmp_path, "real/a.md")
    (tmp_path / "notes").symlink_to(tmp_path / "real")
    assert found(tmp_path / "notes") == {"a.md"}


def test_a_file_is_stamped_with_what_tells_it_apart(tmp_path: Path) -> None:
    fill(tmp_path, "a.md")
    status = (tmp_path / "a.md").stat()
    stamp = glance(str(tmp_path / "a.md"), rules_of(tmp_path))
    assert stamp == Stamp(
        size=4,
        mtime_ns=status.st_mtime_ns,
        inode=str(status.st_ino),
        device=str(tmp_path.stat().st_dev),
    )


def test_what_is_gone_and_what_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    rules = rules_of(tmp_path)
    (tmp_path / "dead.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "folder.md").mkdir()
    looks = {name: glance(str(tmp_path / name), rules) for name in (
        "absent.md", "absent/a.md", "folder.md", "dead.md", "loop.md", "ignored.exe"
    )}  # fmt: skip
    assert looks == {
        "absent.md": Absence.GONE,
        "absent/a.md": Absence.GONE,
        "folder.md": Absence.GONE,
        "ignored.exe": Absence.GONE,
        "dead.md": Absence.UNKNOWN,
        "loop.md": Absence.UNKNOWN,
    }
