"""Sources are meant by id, by how their id begins, or by their place."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.daemon import LiveDaemon

SHARED = len("src_")


@pytest.fixture
def source(daemon: LiveDaemon, tmp_path: Path) -> Any:
    path = tmp_path / "basalt.md"
    path.write_text("# Basalt\n\nBasalt cools into columns.\n")
    return daemon.json("ingest", str(path))["sources"][0]


def test_a_place_means_its_source(
    daemon: LiveDaemon, source: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(source["uri"])
    monkeypatch.chdir(place.parent)

    for name in (source["uri"], "basalt.md", "./basalt.md", source["id"]):
        assert daemon.json("sources", "show", name)["id"] == source["id"]
    assert "columns" in daemon.run("sources", "text", "basalt.md").stdout
    (again,) = daemon.json("sources", "reindex", "basalt.md", source["id"])["sources"]
    assert again["id"] == source["id"]


def test_text_is_named_by_its_title(daemon: LiveDaemon) -> None:
    (made,) = daemon.json("ingest", "-", "--title", "Gneiss", stdin="Gneiss is banded.")["sources"]

    assert daemon.json("sources", "show", "text:Gneiss")["id"] == made["id"]


def test_the_begin_of_an_id_means_a_source_when_it_is_the_only_one(
    daemon: LiveDaemon, source: Any
) -> None:
    daemon.run("ingest", "-", "--title", "Schist", stdin="Schist splits.")
    assert daemon.json("sources", "show", source["id"][:-1])["id"] == source["id"]

    done = daemon.run("sources", "delete", source["id"][:SHARED], "--yes")

    assert done.returncode == 2
    assert source["id"] in done.stderr
    assert daemon.json("sources", "show", source["id"])["status"] == "live"


def test_a_deletion_by_place_prints_what_it_removed(daemon: LiveDaemon, source: Any) -> None:
    done = daemon.run("sources", "delete", source["uri"], source["id"], "--yes")

    assert done.stdout == "Deleted Basalt (1 chunk).\n"
    assert daemon.run("sources", "show", source["uri"]).returncode == 4
    assert daemon.run("sources", "delete", source["uri"], "--yes").returncode == 4


def test_nothing_named_means_no_source(daemon: LiveDaemon, source: Any) -> None:
    done = daemon.run("sources", "delete", "", "--yes")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: which source?")
    assert daemon.json("sources", "show", source["id"])["status"] == "live"


def test_of_many_that_are_meant_a_few_are_told(daemon: LiveDaemon) -> None:
    for number in range(7):
        daemon.run("ingest", "-", "--title", f"Shale {number}", stdin=f"Shale number {number}.")
    told = daemon.run("sources", "show", "src_").stderr
    assert told.count("src_") == 1 + 5
