"""What of a watched folder is taken."""

from pathlib import Path

import pytest

from twind.domain.watches import Watch
from twind.errors import InvalidInput
from twind.ingest.watch.rules import FolderRules, parse_globs


def rules_of(
    folder: Path, *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()
) -> FolderRules:
    return FolderRules(
        Watch(
            id="wch_x",
            twin_id="twn_x",
            path=str(folder),
            include=include,
            exclude=exclude,
            created_at=0.0,
        )
    )


def taken(rules: FolderRules, folder: Path, *names: str) -> list[str]:
    return [name for name in names if rules.takes(str(folder / name))]


def test_only_formats_of_folders_are_taken(tmp_path: Path) -> None:
    rules = rules_of(tmp_path)
    assert taken(rules, tmp_path, "a.md", "b.PDF", "c.exe", "d") == ["a.md", "b.PDF"]


@pytest.mark.parametrize(
    "name",
    [
        *(".hidden.md", ".git/x.md", "node_modules/x.md", "a/__pycache__/x.txt"),
        *("~$report.docx", ".~lock.report.odt#", "a.md~", "#a.md#", ".#a.md", ".a.md.swp"),
        *("a.pdf.part", "a.pdf.crdownload", "a.download/a.pdf", "Thumbs.db", ".DS_Store"),
        *("~syncthing~a.md.tmp", ".stversions/a.md", "@eaDir/a.md", "._a.md", "4913"),
        *("$RECYCLE.BIN/a.md", "lost+found/a.md", ".Trash-1000/files/a.md"),
    ],
)
def test_litter_is_not_taken(tmp_path: Path, name: str) -> None:
    assert taken(rules_of(tmp_path), tmp_path, name) == []


def test_globs_choose(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, include=("*.md", "papers/**"), exclude=("drafts/", "*-old.md"))
    names = ("a.md", "deep/b.md", "papers/c.pdf", "d.pdf", "drafts/e.md", "f-old.md")
    assert taken(rules, tmp_path, *names) == ["a.md", "deep/b.md", "papers/c.pdf"]


def test_an_ignore_file_is_read_as_gitignore_is(tmp_path: Path) -> None:
    (tmp_path / ".twinignore").write_text("# mine\n*.txt\n!keep.txt\n/top.md\nprivate/\n")
    names = ("a.txt", "keep.txt", "top.md", "deep/top.md", "private/a.md")
    assert taken(rules_of(tmp_path), tmp_path, *names) == ["keep.txt", "deep/top.md"]


def test_a_nearer_ignore_file_goes_first(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".twinignore").write_text("*.txt\n")
    (tmp_path / "deep" / ".twinignore").write_text("!*.txt\nown.md\n")
    names = ("a.txt", "own.md", "deep/a.txt", "deep/own.md")
    assert taken(rules_of(tmp_path), tmp_path, *names) == ["own.md", "deep/a.txt"]


def test_what_lies_in_an_ignored_folder_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".twinignore").write_text("deep/\n")
    (tmp_path / "deep" / ".twinignore").write_text("!*.md\n")
    assert taken(rules_of(tmp_path), tmp_path, "deep/a.md") == []


def test_a_line_that_is_no_pattern_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".twinignore").write_text("!\n[z-a]\n*.txt\n")
    assert taken(rules_of(tmp_path), tmp_path, "a.txt", "b.md") == ["b.md"]


@pytest.mark.parametrize("glob", ["!", "[z-a]"])
def test_a_glob_that_is_none_is_refused(glob: str) -> None:
    with pytest.raises(InvalidInput, match="glob"):
        parse_globs([glob])


def test_what_lies_elsewhere_is_not_taken(tmp_path: Path) -> None:
    rules = rules_of(tmp_path / "notes")
    assert not rules.takes(str(tmp_path / "other" / "a.md"))


def test_a_name_that_is_no_text_is_not_taken(tmp_path: Path) -> None:
    assert taken(rules_of(tmp_path), tmp_path, "caf\udce9.md", "b\udcff/a.md") == []
