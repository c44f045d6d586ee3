"""Daemons for which a server on loopback writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.daemon import LiveDaemon
from tests.support.endpoint import LoopbackEndpoint, ollama


@contextmanager
def written_daemon(
    root: Path, endpoint: LoopbackEndpoint, *, embedding: str
) -> Iterator[LiveDaemon]:
    """Yield a daemon whose answers a server writes; stop it afterwards."""
    root.mkdir(parents=True)
    (root / "config.toml").write_text(
        f'[models]\nembedding = "{embedding}"\ngenerator = "endpoint"\n'
        f'endpoint_url = "{endpoint.url}"\nendpoint_model = "llama3"\n'
    )
    daemon = LiveDaemon(root=root)
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


def prepare(endpoint: LoopbackEndpoint, text: str) -> None:
    """Have a server write this from now on."""
    endpoint.replies[:] = [ollama(text)]
    endpoint.asked.clear()
