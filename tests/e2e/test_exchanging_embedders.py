"""Another embedding model: the old vectors answer until the new ones are complete."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.models import a_bert
from tests.support.waiting import finished
from twinctl.client.client import TwinClient
from twinctl.wire.models import ModelName
from twinctl.wire.search import SearchIn

CHUNKS = 400
QUESTION = SearchIn(query="Which keeper wrote about storm number 77?")


def a_long_diary(folder: Path) -> Path:
    path = folder / "diary.md"
    entries = (
        f"## Day {day}\n\nThe keeper of the tower wrote about storm number {day}.\n"
        for day in range(CHUNKS)
    )
    path.write_text("\n".join(entries))
    return path


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[LiveDaemon]:
    """Yield a daemon with two models, the first of which embedded a long text."""
    for name, pooling in (("first", "mean"), ("second", "cls")):
        a_bert(tmp_path / "home" / "models" / name, pooling=pooling)
    with live_daemon(tmp_path / "home", embedding="first") as daemon:
        with daemon.client() as client:
            twin = new_twin(client, "Diary")
            assert ingested(client, twin, a_long_diary(tmp_path)).status == "live"
        yield daemon


def vectors(client: TwinClient) -> str:
    """Return what `doctor` says of the index."""
    (check,) = (check for check in client.checks().checks if check.name == "index")
    return check.message


def is_answered_by_vectors(client: TwinClient) -> bool:
    found = client.search("diary", QUESTION)
    return bool(found.hits) and found.notice is None


@pytest.mark.slow
def test_the_old_vectors_answer_until_the_new_ones_are_made_even_after_a_kill(
    diary: LiveDaemon,
) -> None:
    assert diary.run("config", "set", "models.embedding", "second").returncode == 0
    with diary.client() as client:
        used = client.use_model(ModelName(name="second"))
        assert used.job is not None
        building = vectors(client)
        assert is_answered_by_vectors(client)
    diary.kill()
    assert building.startswith("second has made")
    assert building.endswith("first answers meanwhile")
    diary.start()
    with diary.client() as client:
        assert is_answered_by_vectors(client)
        assert finished(client, used.job.id).status == "succeeded"
        assert vectors(client) == "vectors of second"
        assert is_answered_by_vectors(client)


@pytest.mark.slow
def test_the_command_waits_for_the_vectors_and_goes_back_as_well(diary: LiveDaemon) -> None:
    for name, other in (("second", "first"), ("first", "second")):
        used = diary.json("models", "use", name)
        assert used["job"]["status"] == "succeeded"
        assert used["job"]["progress"]["done"] == used["job"]["progress"]["total"]
        (index,) = diary.json("status")["indexes"]
        assert (index["active"], index["building"]) == (name, None)
        assert f'embedding = "{name}"' in diary.home.config.read_text()
        refused = diary.run("models", "remove", name, "--yes")
        assert "is in use" in refused.stderr
        assert other in {model["name"] for model in diary.json("models")["models"]}
    assert diary.run("models", "remove", "second", "--yes").returncode == 0
    with diary.client() as client:
        assert is_answered_by_vectors(client)
