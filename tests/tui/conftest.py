"""A daemon for the terminal application alone, so that what it shows is known."""

from collections.abc import Iterator

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.screens import teach
from twinctl.wire.twins import TwinIn


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run what is async on the loop that textual runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def still_daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon with the twins `ada`, who is never asked, and `grace`, who is; no more."""
    with live_daemon(tmp_path_factory.mktemp("still") / "home", embedding="none") as daemon:
        with daemon.client() as client:
            for name, slug in (("Ada Lovelace", "ada"), ("Grace Hopper", "grace")):
                client.create_twin(TwinIn(name=name, slug=slug))
                teach(client, slug)
        yield daemon


@pytest.fixture(scope="session")
def shown_daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon with the twin `ada`, who knows two texts. Tests leave both as they are."""
    with live_daemon(tmp_path_factory.mktemp("shown") / "home", embedding="none") as daemon:
        with daemon.client() as client:
            client.create_twin(TwinIn(name="Ada Lovelace", slug="ada"))
            teach(client, "ada")
        yield daemon
