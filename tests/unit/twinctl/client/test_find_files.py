from pathlib import Path

import pytest

from twinctl.client.files import find_files, kind_of


def _fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    _fill(tmp_path, "b.md", "a.txt", "deep/er/c.html")
    found = find_files([str(tmp_path)])
    assert found.items == [str(tmp_path / name) for name in ("a.txt", "b.md", "deep/er/c.html")]


def test_hidden_files_and_litter_are_left_out(tmp_path: Path) -> None:
    _fill(tmp_path, ".hidden.md", ".git/x.md", "~$report.docx", "node_modules/a.md", "kept.md")
    assert find_files([str(tmp_path)]).items == [str(tmp_path / "kept.md")]


def test_formats_that_folders_do_not_give_are_counted(tmp_path: Path) -> None:
    _fill(tmp_path, "a.md", "b.exe", "c.jpg")
    found = find_files([str(tmp_path)])
    assert (len(found.items), found.skipped) == (1, 2)


def test_a_file_that_is_named_is_always_taken(tmp_path: Path) -> None:
    _fill(tmp_path, "odd.bin", ".hidden")
    named = [str(tmp_path / "odd.bin"), str(tmp_path / ".hidden"), str(tmp_path / "absent.pdf")]
    assert find_files(named).items == named


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    _fill(tmp_path, "folder/a.md")
    (tmp_path / "folder" / "back").symlink_to(tmp_path)
    assert find_files([str(tmp_path)]).items == [str(tmp_path / "folder" / "a.md")]


def test_a_dead_link_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    assert find_files([str(tmp_path)]).items == []


def test_the_same_file_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path, "a.md")
    monkeypatch.chdir(tmp_path)
    assert find_files(["a.md", "./a.md", str(tmp_path)]).items == [str(tmp_path / "a.md")]


def test_addresses_are_taken_as_they_are(tmp_path: Path) -> None:
    _fill(tmp_path, "a.md")
    page, file = "https://example.org/page", str(tmp_path / "a.md")
    assert find_files([page, file, "-", page]).items == [page, file, "-"]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("-", "text"),
        ("/home/ada/notes.md", "file"),
        ("notes:2024.md", "file"),
        ("https://example.org/page", "url"),
        ("HTTP://EXAMPLE.ORG", "url"),
        ("ftp://example.org/file", "url"),
        ("https://www.youtube.com/watch?v=aB3-_x9Qz0k", "youtube"),
    ],
)
def test_the_kind_of_a_thing_shows(item: str, kind: str) -> None:
    assert kind_of(item) == kind
