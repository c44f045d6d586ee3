from pathlib import Path
from typing import Any

import pytest

from tests.support.daemon import LiveDaemon

SOURCE_FIELDS = {
    *("id", "kind", "uri", "title", "status", "chunks", "job_id", "error"),
    *("bytes", "chars", "pages", "created_at", "indexed_at"),
}
DETAIL_FIELDS = {"url", "author", "published", "duration_s", "timings"}
JOB_FIELDS = {
    *("id", "kind", "status", "source_id", "attempts", "progress", "error"),
    *("created_at", "started_at", "finished_at"),
}


@pytest.fixture
def source(daemon: LiveDaemon, tmp_path: Path) -> Any:
    path = tmp_path / "limestone.md"
    path.write_text("# Limestone\n\nLimestone fizzes in acid.\n")
    return daemon.json("ingest", str(path))["sources"][0]


def test_sources_are_listed_shown_and_read(daemon: LiveDaemon, source: Any) -> None:
    listed = daemon.json("sources")["sources"]
    (found,) = [each for each in listed if each["id"] == source["id"]]
    assert set(found) == SOURCE_FIELDS
    shown = daemon.json("sources", "show", source["id"])
    assert set(shown) == SOURCE_FIELDS | DETAIL_FIELDS
    assert set(shown["timings"]) == {"fetch_s", "read_s", "embed_s"}
    assert found.items() <= shown.items()
    assert source["uri"] in daemon.run("sources", "ls").stdout
    assert "Limestone fizzes in acid." in daemon.run("sources", "text", source["id"]).stdout
    live = daemon.json("sources", "list", "--status", "live")["sources"]
    assert source["id"] in [each["id"] for each in live]


def test_reindexing_waits_until_the_source_is_live(daemon: LiveDaemon, source: Any) -> None:
    (again,) = daemon.json("sources", "reindex", source["id"])["sources"]
    assert (again["id"], again["status"]) == (source["id"], "live")
    assert again["job_id"] != source["job_id"]


def test_a_deleted_source_is_gone(daemon: LiveDaemon, source: Any) -> None:
    assert daemon.run("sources", "delete", source["id"]).returncode == 2
    gone = daemon.json("sources", "rm", source["id"], "--yes")
    assert gone == {"sources": 1, "chunks": 1, "answers": 0}
    done = daemon.run("sources", "show", source["id"], "--json")
    assert (done.returncode, done.stdout) == (4, "")
    assert Path(source["uri"]).exists()


def test_jobs_are_listed_and_shown(daemon: LiveDaemon, source: Any) -> None:
    listed = daemon.json("jobs")["jobs"]
    (found,) = [job for job in listed if job["id"] == source["job_id"]]
    assert set(found) == JOB_FIELDS
    assert (found["status"], found["source_id"]) == ("succeeded", source["id"])
    assert daemon.json("jobs", "show", found["id"]) == found
    assert found["id"] in daemon.run("jobs", "list", "--status", "succeeded").stdout
    assert daemon.json("jobs", "logs", found["id"])["logs"]


def test_jobs_of_a_twin_that_is_named_are_listed_and_cancelled_alone(
    daemon: LiveDaemon, source: Any
) -> None:
    daemon.json("twin", "create", "Idle")
    assert daemon.json("jobs", "list", "--twin", "idle") == {"jobs": []}
    assert daemon.run("jobs", "cancel", "--all", "-t", "idle").stdout == "0 jobs cancelled.\n"
    named = daemon.json("jobs", "list", "--twin", "default")["jobs"]
    assert source["job_id"] in [job["id"] for job in named]
    assert daemon.run("jobs", "list", "--twin", "nobody").returncode == 4


@pytest.mark.parametrize("verb", ["cancel", "retry"])
def test_a_job_that_succeeded_is_neither_cancelled_nor_tried_again(
    daemon: LiveDaemon, source: Any, verb: str
) -> None:
    done = daemon.run("jobs", verb, source["job_id"])
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")


@pytest.mark.parametrize("line", ["jobs show", "jobs cancel", "sources show", "sources text"])
def test_what_is_not_there_ends_with_4(daemon: LiveDaemon, line: str) -> None:
    assert daemon.run(*line.split(), "nothing").returncode == 4


def test_a_name_of_a_file_moves_no_cursor(daemon: LiveDaemon, tmp_path: Path) -> None:
    path = tmp_path / "wall\x1b]0;mine\x07.md"
    path.write_text("A wall of basalt moves nothing.")
    [source] = daemon.json("ingest", str(path))["sources"]
    logged = daemon.run("jobs", "logs", source["job_id"]).stdout
    assert "reading wall?]0;mine?.md" in logged
    assert "\x1b" not in logged + daemon.run("sources", "list").stdout
