"""What `models` lists, takes in, fetches, uses and removes, with a real daemon."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.endpoint import KEY, loopback_endpoint
from tests.support.gguf import Shape, write_gguf
from tests.support.hub import Hub, running_hub
from tests.support.models import a_bert
from tests.support.terminal import Terminal
from tests.support.waiting import finished, wait_until
from twinctl.wire.models import ModelName

REPOSITORY, REVISION = "someone/tiny", "0123456789abcdef0123456789abcdef01234567"
FILE = "tiny-Q8_0.gguf"
PULLED = f"{REPOSITORY}:Q8_0"


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gguf(tmp_path_factory.mktemp("gguf") / FILE, Shape(layers=1, width=256))


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_bert(tmp_path_factory.mktemp("embedder") / "tiny")


@pytest.fixture
def hub(gguf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    with running_hub(REPOSITORY, REVISION, {FILE: gguf.read_bytes()}) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running


@pytest.fixture
def own(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[LiveDaemon]:
    """Yield a daemon of this test alone; it sees the hub where the test has one."""
    if "hub" in request.fixturenames:
        request.getfixturevalue("hub")
    with live_daemon(tmp_path / "home", embedding="none") as running:
        yield running


def listed(daemon: LiveDaemon) -> dict[str, dict[str, object]]:
    return {model["name"]: model for model in daemon.json("models", "list")["models"]}


def files_in(daemon: LiveDaemon) -> list[str]:
    return sorted(path.name for path in daemon.home.models.glob("[!.]*"))


def test_what_is_known_is_listed_even_if_nothing_is_here(own: LiveDaemon) -> None:
    models = listed(own)
    assert models["extractive"]["in_use"] is True
    assert models["all-MiniLM-L6-v2"]["kind"] == "embedding"
    assert "endpoint" not in models
    shown = own.run("models").stdout
    assert "extractive" in shown
    assert "in use" in shown


def test_a_file_is_taken_in_used_and_removed(own: LiveDaemon, gguf: Path) -> None:
    added = own.json("models", "add", str(gguf))
    assert [model["name"] for model in added["models"]] == [FILE]
    assert (own.home.models / FILE).read_bytes() == gguf.read_bytes()
    model = listed(own)[FILE]
    assert (model["kind"], model["bytes"]) == ("generator", gguf.stat().st_size)
    assert model["origin"] == f"file {gguf}"
    used = own.json("models", "use", FILE.removesuffix(".gguf"))
    assert (used["setting"], used["value"]) == ("models.generator", f"gguf:{FILE}")
    assert own.json("status")["models"]["generator"] == f"gguf:{FILE}"
    assert f'generator = "gguf:{FILE}"' in own.home.config.read_text()
    refused = own.run("models", "remove", FILE, "--yes", "--json")
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    assert "models use extractive" in refused.stderr
    assert own.run("models", "use", "extractive").returncode == 0
    removed = own.run("models", "remove", FILE, "--yes")
    assert removed.returncode == 0, removed.stderr
    assert files_in(own) == []
    assert gguf.exists()


def test_what_is_no_model_is_refused_before_anything_is_copied(
    own: LiveDaemon, tmp_path: Path, gguf: Path
) -> None:
    (tmp_path / "odd.gguf").write_bytes(b"PK\x03\x04")
    (tmp_path / "short.gguf").write_bytes(gguf.read_bytes()[:-70_000])
    (tmp_path / "folder").mkdir()
    for name in ("odd.gguf", "short.gguf", "folder", "missing.gguf"):
        refused = own.run("models", "add", str(tmp_path / name))
        assert refused.returncode != 0, name
        assert refused.stderr.startswith("error: "), name
    assert files_in(own) == []


def test_two_models_of_one_name_are_refused(own: LiveDaemon, gguf: Path) -> None:
    assert own.run("models", "add", str(gguf), "--name", "mine").returncode == 0
    clash = own.run("models", "add", str(gguf), "--name", "mine.gguf")
    assert clash.returncode == 1
    assert "--name" in clash.stderr
    assert own.run("models", "add", str(gguf), "--name", "../mine").returncode == 2
    assert files_in(own) == ["mine.gguf"]


def test_a_folder_is_taken_in_without_what_could_be_a_program(
    own: LiveDaemon, embedder: Path
) -> None:
    (embedder / "pytorch_model.bin").write_bytes(b"a pickle")
    assert own.run("models", "add", str(embedder), "--name", "many").returncode == 0
    assert listed(own)["many"]["problem"] is None
    assert not (own.home.models / "many" / "pytorch_model.bin").exists()
    assert own.json("models", "use", "many")["setting"] == "models.embedding"
    assert own.json("status")["models"]["embedding"] == "many"
    assert own.run("models", "use", "none").returncode == 0
    assert own.json("status")["models"]["embedding"] is None


def test_a_model_that_the_settings_name_by_its_folder_is_listed(
    tmp_path: Path, embedder: Path
) -> None:
    with live_daemon(tmp_path / "home", embedding=str(embedder)) as daemon:
        model = listed(daemon)[embedder.name]
    assert (model["in_use"], model["origin"]) == (True, f"folder {embedder}")


def test_a_name_that_nothing_has_is_told(own: LiveDaemon) -> None:
    for verb in (["use", "nothing"], ["remove", "nothing", "--yes"]):
        told = own.run("models", *verb)
        assert told.returncode == 4
        assert "twinctl models list" in told.stderr


def test_a_model_is_fetched_from_the_hub(own: LiveDaemon, hub: Hub, gguf: Path) -> None:
    pulled = own.run("models", "pull", PULLED)
    assert pulled.returncode == 0, pulled.stderr
    assert FILE in pulled.stdout
    assert f"twinctl models use {FILE}" in pulled.stderr
    assert (own.home.models / FILE).read_bytes() == gguf.read_bytes()
    (job,) = own.json("jobs", "list")["jobs"]
    assert (job["kind"], job["status"]) == ("pull", "succeeded")
    assert job["progress"] == {"done": gguf.stat().st_size, "total": gguf.stat().st_size}
    assert own.run("models", "pull", PULLED).returncode == 0


def test_a_hub_that_cannot_be_reached_is_told_at_once(
    own: LiveDaemon, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.stop()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    own.start()
    failed = own.run("models", "pull", PULLED)
    assert failed.returncode == 1
    assert "cannot be reached" in failed.stderr
    assert "hint: look at the net" in failed.stderr
    assert files_in(own) == []


def test_a_daemon_that_is_killed_goes_on_with_what_it_fetched(
    own: LiveDaemon, hub: Hub, gguf: Path
) -> None:
    hub.stops_at = gguf.stat().st_size // 2
    with own.client() as client:
        job = client.pull_model(ModelName(name=PULLED))
        wait_until(lambda: client.job(job.id).progress.done > 0)
        refused = own.run("models", "pull", f"{REPOSITORY}/other.gguf")
        assert f"jobs cancel {job.id}" in refused.stderr
        assert client.pull_model(ModelName(name=PULLED)).id == job.id
    own.kill()
    hub.stops_at = None
    own.start()
    with own.client() as client:
        assert finished(client, job.id).status == "succeeded"
    assert len(hub.ranges) == 2
    assert hub.ranges[1] > 0
    assert (own.home.models / FILE).read_bytes() == gguf.read_bytes()
    assert files_in(own) == [FILE]


def test_a_person_sees_how_far_a_fetch_is_and_may_leave_it(own: LiveDaemon, hub: Hub) -> None:
    hub.stops_at = 200_000
    environ = {"TWINCTL_HOME": str(own.root)}
    with Terminal("models", "pull", PULLED, environ=environ) as terminal:
        terminal.expect("█")
        terminal.expect(" kB of ")
        terminal.type("\x03")
        terminal.expect("the daemon goes on with it")
        terminal.expect("twinctl jobs cancel job_")
        assert terminal.process.wait() == 130
    (job,) = own.json("jobs", "list")["jobs"]
    assert job["status"] == "running"
    assert " kB/" in own.run("jobs").stdout
    assert own.run("jobs", "cancel", job["id"]).returncode == 0


def test_a_fetch_that_is_cancelled_leaves_nothing(own: LiveDaemon, hub: Hub) -> None:
    hub.stops_at = 200_000
    with own.client() as client:
        job = client.pull_model(ModelName(name=PULLED))
        wait_until(lambda: client.job(job.id).progress.done > 0)
        client.cancel_job(job.id)
        assert finished(client, job.id).status == "cancelled"
        assert files_in(own) == []
        hub.stops_at = None
        assert finished(client, client.retry_job(job.id).id).status == "succeeded"
    assert files_in(own) == [FILE]


def test_a_server_is_used_once_the_settings_name_it(own: LiveDaemon) -> None:
    lacking = own.run("models", "use", "endpoint")
    assert lacking.returncode == 1
    assert "twinctl config set models.endpoint_model" in lacking.stderr
    with loopback_endpoint() as endpoint:
        endpoint.key = KEY
        for key, value in (("url", endpoint.url), ("model", "llama3")):
            own.run("config", "set", f"models.endpoint_{key}", value)
        assert own.run("models", "use", "endpoint", "--key", KEY).returncode == 2
        used = own.run("models", "use", "endpoint", "--key", "-", stdin=KEY)
        assert used.returncode == 0, used.stderr
        assert own.json("status")["models"]["generator"] == "endpoint:llama3"
        model = listed(own)["endpoint"]
        assert (model["in_use"], model["origin"]) == (True, f"llama3 at {endpoint.url}")
        found = json.loads(own.run("doctor", "--json").stdout)["checks"]
        assert {check["state"] for check in found if check["name"] == "generator"} == {"ok"}
    assert own.home.endpoint_key.stat().st_mode & 0o777 == 0o600


def test_a_variable_that_wins_is_named(
    own: LiveDaemon, gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINCTL_MODELS_GENERATOR", "extractive")
    own.run("models", "add", str(gguf))
    told = own.run("models", "use", FILE)
    assert told.returncode == 0, told.stderr
    assert "the environment sets models.generator too" in told.stderr
