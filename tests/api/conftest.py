"""A daemon for which a server on loopback writes, one a module."""

from collections.abc import Iterator

import pytest

from tests.support.daemon import LiveDaemon
from tests.support.endpoint import LoopbackEndpoint, loopback_endpoint
from tests.support.written import written_daemon


@pytest.fixture(scope="module")
def endpoint() -> Iterator[LoopbackEndpoint]:
    """Yield the server."""
    with loopback_endpoint() as running:
        yield running


@pytest.fixture(scope="module")
def served(
    endpoint: LoopbackEndpoint, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveDaemon]:
    """Yield the daemon, with the real embedding model."""
    root = tmp_path_factory.mktemp("served") / "home"
    with written_daemon(root, endpoint, embedding="all-MiniLM-L6-v2") as daemon:
        yield daemon
