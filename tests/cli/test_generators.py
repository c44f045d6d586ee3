"""What `status` and `doctor` tell of the model that writes, and where its key may stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.endpoint import KEY, LoopbackEndpoint, loopback_endpoint
from twinctl.config import write_endpoint_key

NAME = "endpoint:llama3"


@pytest.fixture
def endpoint() -> Iterator[LoopbackEndpoint]:
    with loopback_endpoint() as running:
        running.key = KEY
        yield running


@pytest.fixture
def served(tmp_path: Path, endpoint: LoopbackEndpoint) -> Iterator[LiveDaemon]:
    """Yield a daemon that a server writes for."""
    daemon = LiveDaemon(root=tmp_path / "home")
    for key, value in (
        ("models.embedding", "none"),
        ("models.generator", "endpoint"),
        ("models.endpoint_url", endpoint.url),
        ("models.endpoint_model", "llama3"),
        ("log.level", "debug"),
    ):
        assert daemon.run("config", "set", key, value).returncode == 0
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


def generator_check(daemon: LiveDaemon) -> dict[str, str]:
    checks = daemon.json("doctor")["checks"]
    return next(check for check in checks if check["name"] == "generator")


def test_status_names_the_generator(served: LiveDaemon) -> None:
    assert served.json("status")["models"] == {"embedding": None, "generator": NAME}


def test_doctor_tells_how_the_server_is_and_what_helps(
    served: LiveDaemon, endpoint: LoopbackEndpoint
) -> None:
    asked = generator_check(served)
    assert (asked["state"], asked["hint"]) == ("warning", "twinctl models use endpoint --key -")
    write_endpoint_key(served.home, KEY)
    found = generator_check(served)
    assert (found["state"], found["message"]) == ("ok", f"llama3 at {endpoint.url}")
    endpoint.models = ["phi"]
    lacking = generator_check(served)
    assert lacking["state"] == "warning"
    assert "it has phi;" in lacking["hint"]
    assert "sentences of the sources answer instead" in lacking["message"]


def test_doctor_takes_the_key_from_other_accounts(
    served: LiveDaemon, endpoint: LoopbackEndpoint
) -> None:
    write_endpoint_key(served.home, KEY)
    served.home.endpoint_key.chmod(0o644)
    shown = served.run("doctor").stdout
    assert "endpoint.key is 0644" in shown
    assert served.run("doctor", "--fix").returncode == 0
    assert served.home.endpoint_key.stat().st_mode & 0o777 == 0o600


def test_the_key_stands_in_its_file_alone(served: LiveDaemon, endpoint: LoopbackEndpoint) -> None:
    write_endpoint_key(served.home, KEY)
    assert generator_check(served)["state"] == "ok"
    assert f"Bearer {KEY}" in [asked.headers.get("authorization") for asked in endpoint.asked]
    served.stop()
    files = [path for path in served.root.rglob("*") if path.is_file()]
    holding = [path for path in files if KEY.encode() in path.read_bytes()]
    assert holding == [served.home.endpoint_key]
    assert served.home.log in files
