from pathlib import Path

import pytest

from twinctl.cli.files import find_files
from twinctl.errors import Misused


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


def test_a_web_address_is_refused_with_a_way_out() -> None:
    with pytest.raises(Misused, match="web addresses") as caught:
        find_files(["https://example.org/page"])
    assert "save the page" in str(caught.value.hint)
