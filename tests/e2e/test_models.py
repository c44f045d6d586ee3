"""A model that appears later makes up for the vectors that are missing."""

from pathlib import Path

import pytest

from tests.support.corpora import coast
from tests.support.daemon import live_daemon
from tests.support.waiting import FINAL, wait_until
from twinctl.wire.search import SearchIn


@pytest.mark.slow
def test_what_was_indexed_without_a_model_gets_its_vectors_when_one_appears(
    tmp_path: Path,
) -> None:
    question = SearchIn(query="What does it cost to bring my bike?")
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        with daemon.client() as client:
            twin = coast(client, "Later", tmp_path)
            assert client.search(twin, question).notice is not None
        daemon.stop()
        assert daemon.run("config", "set", "models.embedding", "all-MiniLM-L6-v2").returncode == 0
        daemon.start()
        with daemon.client() as client:
            wait_until(lambda: all(job.status in FINAL for job in client.jobs()))
            found = client.search(twin, question)
            assert found.notice is None
            assert found.hits[0].title == "The Harra ferry"
            assert {check.state for check in client.checks().checks} == {"ok"}
            assert [job.status for job in client.jobs() if job.kind == "vectors"] == ["succeeded"]


def test_a_model_that_is_not_installed_leaves_full_text_and_a_hint(tmp_path: Path) -> None:
    with live_daemon(tmp_path / "home", embedding="no-such-model") as daemon:
        with daemon.client() as client:
            twin = coast(client, "Without", tmp_path)
            found = client.search(twin, SearchIn(query="lighthouse"))
            (check,) = (one for one in client.checks().checks if one.name == "embedding model")
        assert found.hits
        assert found.notice is not None
        assert check.state == "warning"
        assert "no-such-model" in check.message
        assert check.hint is not None
        assert daemon.json("status")["models"]["embedding"] is None
