import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.terminal import Terminal

FIELDS = {"id", "kind", "uri", "title", "status", "chunks", "job_id", "error"}


def _note(folder: Path, name: str, text: str = "Granite is an igneous rock.") -> str:
    path = folder / name
    path.write_text(f"# {path.stem}\n\n{text}\n")
    return str(path)


def test_files_folders_and_stdin_become_sources(daemon: LiveDaemon, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    inside = _note(folder, "inside.md")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    named = _note(tmp_path, "named.md")
    done = daemon.run("ingest", named, str(folder), "--json")
    assert done.returncode == 0
    assert "1 file left out" in done.stderr
    sources = daemon.json("ingest", named, str(folder))["sources"]
    assert [source["uri"] for source in sources] == [named, inside]
    assert {source["status"] for source in sources} == {"live"}
    assert all(set(source) == FIELDS and source["chunks"] > 0 for source in sources)

    (text,) = daemon.json("ingest", "-", "--title", "On Slate", stdin="Slate splits.")["sources"]
    assert (text["kind"], text["title"], text["status"]) == ("text", "On Slate", "live")


def test_lines_tell_what_became_live_where_nobody_watches(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    path = _note(tmp_path, "basalt.md")
    done = daemon.run("ingest", path)
    assert done.stdout == "1 source live, 1 chunk.\n"
    assert done.stderr == f"live  {path}  (1 chunk)\n"
    assert daemon.run("ingest", path, "-q").stderr == ""


def test_one_failure_of_several_is_named_and_ends_with_1(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    good, bad = _note(tmp_path, "good.md"), str(tmp_path / "absent.pdf")
    done = daemon.run("ingest", bad, good)
    assert done.returncode == 1
    assert f"failed {bad}: " in done.stderr
    assert "  hint: " in done.stderr
    assert done.stderr.endswith("error: 1 of 2 failed\n")
    assert f"live  {good}" in done.stderr


def test_a_failure_has_code_message_and_hint_in_json(daemon: LiveDaemon, tmp_path: Path) -> None:
    bad = tmp_path / "broken.pdf"
    bad.write_bytes(b"%PDF-1.7\n" + bytes(2_000))
    done = daemon.run("ingest", str(bad), "--json")
    assert done.returncode == 1
    assert '"status": "failed"' in done.stdout
    assert f"failed {bad}: " in done.stderr


def test_a_file_that_is_not_there_is_an_item_that_failed(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    for title in ([], ["--title", "Lost"]):
        done = daemon.run("ingest", str(tmp_path / "lost.md"), *title, "--json")
        (source,) = json.loads(done.stdout)["sources"]
        assert (done.returncode, source["kind"], source["job_id"]) == (1, "file", None)
        assert source["error"]["code"] == "file_missing"


def test_without_waiting_the_sources_are_queued(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = _note(tmp_path, "later.md")
    (source,) = daemon.json("ingest", path, "--no-wait")["sources"]
    assert source["job_id"]
    assert daemon.run("jobs", "logs", "-f", source["job_id"]).returncode == 0
    assert daemon.json("sources", "show", source["id"])["status"] == "live"


@pytest.mark.parametrize("verb", [("ingest",), ("watch", "add")])
def test_an_empty_path_does_not_mean_this_folder(
    daemon: LiveDaemon, verb: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "private.md").write_text("Nobody named this.")
    monkeypatch.chdir(tmp_path)
    done = daemon.run(*verb, "")
    assert done.returncode == 2
    assert "name it: ." in done.stderr


def test_a_title_for_many_is_wrong_usage(daemon: LiveDaemon, tmp_path: Path) -> None:
    paths = [_note(tmp_path, "a.md"), _note(tmp_path, "b.md")]
    assert daemon.run("ingest", *paths, "--title", "Both").returncode == 2


def test_bytes_on_stdin_that_are_no_text_are_wrong_usage(daemon: LiveDaemon) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twinctl", "ingest", "-", "--home", str(daemon.root)],
        input=b"\xff\xd8\xff",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"not text in UTF-8" in done.stderr


def test_stdin_without_text_is_a_text_that_failed(daemon: LiveDaemon) -> None:
    done = daemon.run("ingest", "-", "--json", stdin=" \n")
    (source,) = json.loads(done.stdout)["sources"]
    assert (done.returncode, source["kind"], source["status"]) == (1, "text", "failed")
    assert source["error"]["code"] == "empty"


def test_an_empty_folder_is_nothing_to_do(daemon: LiveDaemon, tmp_path: Path) -> None:
    done = daemon.run("ingest", str(tmp_path), "--json")
    assert (done.returncode, done.stdout) == (0, '{"sources": []}\n')
    assert "nothing to ingest" in done.stderr


def test_bars_show_on_a_terminal_and_ctrl_c_leaves_the_work_going(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    for number in range(60):
        _note(tmp_path, f"{number}.md", f"Stone {number} is heavy. " * 400)
    environ = {"TWINCTL_HOME": str(daemon.root)}
    with Terminal("ingest", str(tmp_path), environ=environ) as terminal:
        terminal.expect("/60")
        os.kill(terminal.process.pid, signal.SIGINT)
        terminal.expect("error: interrupted")
        terminal.expect("twinctl jobs list")
        assert terminal.end() == 130
    assert daemon.run("ingest", str(tmp_path), "-q").returncode == 0
